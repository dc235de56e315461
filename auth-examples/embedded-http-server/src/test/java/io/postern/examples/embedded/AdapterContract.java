package io.postern.examples.embedded;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.denyAll;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authentication;
import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import io.postern.auth.Permission;
import io.postern.auth.StoreException;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The responses of every adapter, whatever the framework: endpoints below {@code /auth/}, a handler elsewhere. */
abstract class AdapterContract {

    private static final String ANN =
            "Basic " + Base64.getEncoder().encodeToString("ann:looking-glass".getBytes(StandardCharsets.UTF_8));
    private static final String FORBIDDEN = "{\"detail\":\"You do not have permission to perform this action.\"}";

    private final Queue<AuthEvent> events = new ConcurrentLinkedQueue<>();
    private volatile Function<Authentication, AuthResponse> handler =
            who -> AuthResponse.json(200, Map.of("hello", who.user().username()));
    private int port;

    /** Starts a server that calls the handler for granted requests; returns its port. */
    abstract int start(Postern postern, Function<Authentication, AuthResponse> guarded) throws Exception;

    abstract void stop() throws Exception;

    @BeforeEach
    void startServer() throws Exception {
        InMemoryUserStore users = new InMemoryUserStore();
        PasswordHasher hasher = PasswordHasher.pbkdf2(1_000);
        users.add(UserRecord.of("1", "ann"), hasher.hash(Password.of("looking-glass")));
        Permission failing = (request, who) -> {
            throw new StoreException("jdbc://user:secret@host");
        };
        Postern postern = Postern.builder()
                .users(users)
                .passwords(login -> login.hasher(hasher))
                .tokens(new InMemoryStores().tokens())
                .listeners(events::add)
                .authenticators(basic())
                .permissions(isAuthenticated())
                .policy("/public", allowAny())
                .policy("/admin/*", denyAll())
                .policy("/failing", failing)
                .build();
        port = start(postern, who -> handler.apply(who));
    }

    @AfterEach
    void stopServer() throws Exception {
        stop();
    }

    @Test
    void a_request_without_credentials_is_challenged() throws Exception {
        HttpResponse<String> response = send(request("/"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly("Basic realm=\"api\"");
        assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
        assertThat(response.body()).isEqualTo("{\"detail\":\"Authentication credentials were not provided.\"}");
    }

    @Test
    void an_authenticated_request_reaches_its_handler() throws Exception {
        HttpResponse<String> response = send(asAnn("/"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("Vary")).containsExactly("Authorization, Cookie");
        assertThat(response.body()).isEqualTo("{\"hello\":\"ann\"}");
    }

    @Test
    void the_handler_receives_an_anonymous_caller_where_that_is_allowed() throws Exception {
        handler = who -> AuthResponse.json(200, who.isAuthenticated());

        assertThat(send(request("/public?who=ann")).body()).isEqualTo("false");
    }

    @Test
    void a_wrong_password_is_refused_even_where_anonymous_callers_are_allowed() throws Exception {
        HttpResponse<String> response = send(request("/public").header("Authorization", ANN + "x"));

        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void the_policy_of_the_path_refuses() throws Exception {
        HttpResponse<String> response = send(asAnn("/admin/x"));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo(FORBIDDEN);
    }

    @Test
    void a_store_that_fails_during_authorization_is_503() throws Exception {
        assertUnavailable(send(asAnn("/failing")));
    }

    @Test
    void a_handler_that_refuses_is_403_and_reported() throws Exception {
        handler = who -> {
            throw new DeniedException(Denial.permissionDenied());
        };

        HttpResponse<String> response = send(asAnn("/"));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().allValues("Vary")).containsExactly("Authorization, Cookie");
        assertThat(response.body()).isEqualTo(FORBIDDEN);
        assertThat(events).singleElement().isInstanceOfSatisfying(AuthEvent.RequestDenied.class, event -> {
            assertThat(event.userId()).isEqualTo("1");
            assertThat(event.reason()).isEqualTo("permission_denied");
        });
    }

    @Test
    void a_handler_that_asks_for_authentication_is_401_with_the_challenge_of_its_policy() throws Exception {
        handler = who -> {
            throw new DeniedException(Denial.notAuthenticated());
        };

        HttpResponse<String> response = send(request("/public"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly("Basic realm=\"api\"");
    }

    @Test
    void a_handler_whose_store_fails_is_503_and_reported() throws Exception {
        handler = who -> {
            throw new StoreException("jdbc://user:secret@host");
        };

        assertUnavailable(send(asAnn("/")));
    }

    @Test
    void a_response_to_head_has_no_body() throws Exception {
        HttpResponse<String> refused = send(request("/").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        HttpResponse<String> granted = send(asAnn("/").method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(List.of(refused.statusCode(), granted.statusCode())).containsExactly(401, 200);
        assertThat(refused.body() + granted.body()).isEmpty();
    }

    @Test
    void an_ambiguous_path_is_refused() throws Exception {
        String response = sendRaw("GET /public/..%2fadmin HTTP/1.1");

        assertThat(response).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void two_authorization_headers_are_refused() throws Exception {
        HttpResponse<String> response = send(asAnn("/public").header("Authorization", ANN));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"detail\":\"More than one Authorization header.\"}");
    }

    @Test
    void the_endpoints_are_served() throws Exception {
        HttpResponse<String> response = send(login("/auth/token/", "username=ann&password=looking-glass"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).matches("\\{\"token\":\"[^\"]+\"}");
    }

    @Test
    void the_endpoints_refuse_what_they_do_not_accept() throws Exception {
        assertThat(send(login("/auth/token/", "x".repeat(20_000))).statusCode()).isEqualTo(413);
        assertThat(send(login("/auth/nothing/", "")).statusCode()).isEqualTo(404);
        assertThat(send(login("/auth/token/", "").header("Content-Encoding", "gzip"))
                        .statusCode())
                .isEqualTo(415);
        HttpResponse<String> get = send(request("/auth/token/"));
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().allValues("Allow")).containsExactly("POST, OPTIONS");
    }

    private void assertUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().allValues("Retry-After")).containsExactly("1");
        assertThat(response.body()).isEqualTo("{\"detail\":\"Service temporarily unavailable, try again later.\"}");
        assertThat(events).singleElement().isInstanceOf(AuthEvent.StoreFailed.class);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    HttpRequest.Builder asAnn(String path) {
        return request(path).header("Authorization", ANN);
    }

    void handle(Function<Authentication, AuthResponse> other) {
        handler = other;
    }

    private HttpRequest.Builder login(String path, String form) {
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String sendRaw(String line) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write((line + "\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
