package io.postern.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedServerTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String FORM = "username=ann&password=looking-glass";

    private static HttpServer server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedServer.start(0);
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void refuses_nobody_with_a_challenge() throws Exception {
        HttpResponse<String> answer = send(request("/"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"api\"");
        assertThat(answer.body()).isEqualTo("{\"detail\":\"Authentication credentials were not provided.\"}");
    }

    @Test
    void lets_basic_credentials_in_and_refuses_wrong_ones() throws Exception {
        HttpResponse<String> right = send(request("/").header("Authorization", basic("ann:looking-glass")));
        HttpResponse<String> wrong = send(request("/").header("Authorization", basic("ann:wrong")));

        assertThat(right.statusCode()).isEqualTo(200);
        assertThat(right.body()).isEqualTo("{\"hello\":\"ann\"}");
        assertThat(wrong.statusCode()).isEqualTo(401);
    }

    @Test
    void issues_a_jwt_and_lets_it_in() throws Exception {
        HttpResponse<String> pair = send(post("/auth/jwt/create/", FORM));
        assertThat(pair.statusCode()).isEqualTo(200);
        Matcher access = Pattern.compile("\"access\":\"([^\"]+)\"").matcher(pair.body());
        assertThat(access.find()).isTrue();

        HttpResponse<String> answer = send(request("/").header("Authorization", "Bearer " + access.group(1)));
        assertThat(answer.body()).isEqualTo("{\"hello\":\"ann\"}");
    }

    @Test
    void refuses_bodies_that_are_too_large_and_endpoints_that_are_not_there() throws Exception {
        assertThat(send(post("/auth/jwt/create/", "x".repeat(20_000))).statusCode())
                .isEqualTo(413);
        assertThat(send(post("/auth/nothing/", FORM)).statusCode()).isEqualTo(404);
        assertThat(send(request("/auth/jwt/create/")).statusCode()).isEqualTo(405);
    }

    @Test
    void answers_head_without_a_body() throws Exception {
        HttpResponse<String> answer = send(request("/").method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void refuses_an_ambiguous_path() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
            socket.getOutputStream()
                    .write("GET /x/..%2fy HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Ambiguous request path.");
        }
    }

    @Test
    void takes_less_than_150_lines() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            long lines = sources.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("package-info.java"))
                    .mapToLong(EmbeddedServerTest::lines)
                    .sum();
            assertThat(lines).isPositive().isLessThan(150);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
    }

    private static HttpRequest.Builder post(String path, String form) {
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
