package io.postern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.Postern;
import io.postern.auth.servlet.AuthEndpointsServlet;
import io.postern.auth.servlet.AuthFilter;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** One server of an application, with its client: {@code /me} is guarded, the endpoints are below {@code /auth}. */
final class Node implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Server server;
    private final String root;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Node(Server server, int port) {
        this.server = server;
        this.root = "http://127.0.0.1:" + port;
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
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(256);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addFilter(new FilterHolder(new AuthFilter(postern)), "/*", EnumSet.allOf(DispatcherType.class));
        context.addServlet(new ServletHolder(new AuthEndpointsServlet(postern)), "/auth/*");
        context.addServlet(new ServletHolder(new ViewServlet()), "/me");
        server.setHandler(context);
        server.start();
        return new Node(server, connector.getLocalPort());
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
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server did not stop", e);
        }
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
