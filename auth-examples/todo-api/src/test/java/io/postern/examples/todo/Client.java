package io.postern.examples.todo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Calls the server as one caller does: with the same headers each time, and a cookie jar as browsers have. */
final class Client {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CookieManager cookies = new CookieManager();
    private final String base;
    private final List<String> headers = new ArrayList<>();

    Client(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    static String basic(DemoUser demo) {
        String pair = demo.user().username() + ":" + demo.password();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    Client with(String name, String value) {
        headers.addAll(List.of(name, value));
        return this;
    }

    /** Sends a header no more, and returns what it was. */
    String forget(String name) {
        int at = headers.indexOf(name);
        headers.remove(at);
        return headers.remove(at);
    }

    Answer send(String method, String path) {
        return send(method, path, "application/json", "");
    }

    Answer send(String method, String path, String json) {
        return send(method, path, "application/json", json);
    }

    Answer send(String method, String path, String type, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", type);
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            return new Answer(connected().send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A connection of its own for each request: the server may end one after a refusal. */
    private HttpClient connected() {
        return HttpClient.newBuilder().cookieHandler(cookies).build();
    }

    /** Adds a todo. */
    long add(String title) {
        return send("POST", "/todos/", "{\"title\":\"" + title + "\"}")
                .json()
                .get("id")
                .asLong();
    }

    String login(DemoUser demo, String endpoint, String field) {
        String body = "{\"username\":\"%s\",\"password\":\"%s\"}"
                .formatted(demo.user().username(), demo.password());
        return send("POST", endpoint, body).json().path(field).asText();
    }

    /** Logs in for signed tokens. */
    Answer login(DemoUser demo, String device) {
        String body = "{\"username\":\"%s\",\"password\":\"%s\",\"device\":\"%s\"}"
                .formatted(demo.user().username(), demo.password(), device);
        return send("POST", "/auth/jwt/create/", body);
    }

    String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
    }

    List<String> cookieNames() {
        return cookies.getCookieStore().getCookies().stream()
                .map(HttpCookie::getName)
                .sorted()
                .toList();
    }

    record Answer(HttpResponse<String> http) {

        int status() {
            return http.statusCode();
        }

        String text() {
            return http.body();
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            try {
                return JSON.readTree(http.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String detail() {
            return json().path("detail").asText();
        }
    }
}
