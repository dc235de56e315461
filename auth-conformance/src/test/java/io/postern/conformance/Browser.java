package io.postern.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A client that takes its cookies to whatever server it is told to ask. Used by one thread at a time. */
final class Browser {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> cookies = new HashMap<>();

    /** What came back. */
    record Answer(int status, JsonNode body, boolean hasRetryAfter) {
        String text(String field) {
            return body.path(field).asText();
        }
    }

    Answer get(int port, String path, String authorization) throws IOException, InterruptedException {
        return send(at(port, path, authorization).GET());
    }

    Answer post(int port, String path, Map<String, String> fields) throws IOException, InterruptedException {
        return send(at(port, path, "")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(fields))));
    }

    Answer logIn(int port, String path) throws IOException, InterruptedException {
        return post(port, path, Map.of("username", "alice", "password", "alice-pass-123"));
    }

    void reset(int port) throws IOException, InterruptedException {
        post(port, "/_test/reset/", Map.of());
    }

    Answer patch(int port, String path, String json) throws IOException, InterruptedException {
        return send(at(port, path, "").method("PATCH", BodyPublishers.ofString(json)));
    }

    Browser with(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    private HttpRequest.Builder at(int port, String path, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
            request.header("X-CSRFToken", cookie("csrftoken"));
        }
        return request;
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        response.headers().allValues("Set-Cookie").forEach(this::keep);
        JsonNode body = response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
        boolean retryAfter = response.headers().firstValue("Retry-After").isPresent();
        return new Answer(response.statusCode(), body, retryAfter);
    }

    private void keep(String header) {
        String pair = header.split(";", 2)[0];
        int equals = pair.indexOf('=');
        cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
        cookies.values().removeIf(String::isEmpty);
    }
}
