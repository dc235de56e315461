package io.postern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.Postern;
import io.postern.auth.servlet.AuthEndpointsServlet;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.testkit.server.JettyServer;
import io.postern.auth.testkit.server.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One server of an application, with its client: {@code /me} is guarded, the endpoints are below {@code /auth}. */
final class Node implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestServer server;
    private final String root;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Node(TestServer server) {
        this.server = server;
        this.root = "http://127.0.0.1:" + server.port();
    }

    /** An answer with its body as JSON. */
    record Reply(int status, JsonNode body) {

        String text(String field) {
            return body.path(field).asText();
        }

        String refresh() {
            return text("refresh");
        }

        String access() {
            return text("access");
        }
    }

    static Node start(Postern postern) throws Exception {
        return new Node(JettyServer.start(new TestServer.Application(context -> {
            AuthFilter.register(context, postern);
            context.addServlet("auth", new AuthEndpointsServlet(postern)).addMapping("/auth/*");
            context.addServlet("me", new ViewServlet()).addMapping("/me");
        })));
    }

    Reply logIn() {
        Reply pair = post("/auth/jwt/create/", Map.of("username", "ann", "password", SharedState.PASSWORD));
        assertThat(pair.status()).isEqualTo(200);
        return pair;
    }

    Reply refresh(String token) {
        return refreshing(token).join();
    }

    CompletableFuture<Reply> refreshing(String token) {
        return send(request("/auth/jwt/refresh/", Map.of("refresh", token)));
    }

    Reply me(String access) {
        return get("/me", access);
    }

    Reply get(String path, String access) {
        return send(HttpRequest.newBuilder(URI.create(root + path)).header("Authorization", "Bearer " + access))
                .join();
    }

    Reply get(String path) {
        return send(HttpRequest.newBuilder(URI.create(root + path))).join();
    }

    Reply post(String path, Map<String, String> fields) {
        return send(request(path, fields)).join();
    }

    @Override
    public void close() {
        server.close();
    }

    private HttpRequest.Builder request(String path, Map<String, String> fields) {
        return HttpRequest.newBuilder(URI.create(root + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        JSON.valueToTree(fields).toString()));
    }

    private CompletableFuture<Reply> send(HttpRequest.Builder request) {
        return client.sendAsync(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> new Reply(response.statusCode(), parsed(response.body())));
    }

    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + body, e);
        }
    }
}
