package io.postern.auth.servlet;

import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.auth.Authenticator;
import io.postern.auth.Challenge;
import io.postern.auth.testkit.server.TestServer;
import io.postern.auth.token.ApiTokens;
import io.postern.auth.token.TokenAuthenticator;
import io.postern.auth.user.InMemoryUserStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who a request is, and how it is refused. */
interface IdentityContract extends ServletContainerContract {

    @ParameterizedTest
    @MethodSource("io.postern.auth.servlet.ServletContainerContract#contexts")
    default void trace_does_not_return_the_credentials_of_the_request(String context) {
        for (String path : List.of("/public/plain", "/api/me", "/nothing-here")) {
            RawHttp.Reply reply =
                    http().send("TRACE", context + path, "", "X-User: alice", "Cookie: sid=secret-cookie-value");

            assertThat(reply.status()).as(path).isEqualTo(405);
            assertThat(reply.header("Allow")).isEqualTo("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
            assertThat(reply.body()).isEqualTo("{\"detail\":\"Method \\\"TRACE\\\" not allowed.\"}");
        }
    }

    @ParameterizedTest
    @MethodSource("io.postern.auth.servlet.ServletContainerContract#contexts")
    default void the_servlet_api_returns_the_authenticated_user(String context) {
        RawHttp.Reply reply = http().get(context + "/api/me", "X-User: alice");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .contains(TestServlets.MARKER)
                .contains("principal=alice remote=alice type=header editor=true Editor=false any=true known=alice");
        assertThat(reply.header("Vary")).isEqualTo("X-User, Authorization, Cookie");
    }

    @Test
    default void get_remote_user_returns_the_name_of_the_principal() {
        assertThat(http().get("/api/me", "X-User: nameless").body()).contains("principal=id-7 remote=id-7 type=header");
    }

    @ParameterizedTest
    @MethodSource("io.postern.auth.servlet.ServletContainerContract#contexts")
    default void an_anonymous_caller_has_no_principal(String context) {
        RawHttp.Reply reply = http().get(context + "/public/tell");

        assertThat(reply.body()).contains("principal=null remote=null type=null editor=false Editor=false any=false");
    }

    @Test
    default void a_response_of_a_policy_without_authenticators_does_not_vary() {
        assertThat(http().get("/hollow/tell", "X-User: alice").header("Vary")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.postern.auth.servlet.ServletContainerContract#contexts")
    default void refuses_without_calling_the_servlet(String context) {
        RawHttp.Reply reply = http().get(context + "/api/me");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).isEqualTo("{\"detail\":\"Authentication credentials were not provided.\"}");
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Header");
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Set-Cookie")).isEmpty();
    }

    @Test
    default void each_of_several_challenges_has_a_header_of_its_own() throws Exception {
        Authenticator second = new TokenAuthenticator(
                ApiTokens.builder(new InMemoryStores().tokens()).build(), new InMemoryUserStore(), "Token");
        Postern strict = Postern.builder()
                .gate(gate -> gate.challengeStyle(Challenge.Style.ALL))
                .authenticators(new HeaderAuthenticator(), second)
                .permissions(isAuthenticated())
                .build();
        try (TestServer server = starter()
                .start(TestApplication.withFilter(
                        new AuthFilter(strict), new TestServlets.WhoAmI(), Optional.empty()))) {
            assertThat(new RawHttp(server.port()).get("/api/me").header("WWW-Authenticate"))
                    .isEqualTo("Header | Token");
        }
    }

    @Test
    default void refuses_bad_credentials_on_public_paths_too() {
        assertThat(http().get("/public/ping", "X-User: wrong").status()).isEqualTo(401);
    }

    @Test
    default void authenticated_users_are_refused_with_403() {
        assertThat(http().get("/admin/users", "X-User: alice").status()).isEqualTo(403);
        assertThat(http().get("/admin/users", "X-User: root").status()).isEqualTo(200);
        assertThat(http().get("/api/admin/users", "X-User: alice").status()).isEqualTo(403);
        assertThat(http().get("/api/users", "X-User: alice").status()).isEqualTo(200);
    }

    @Test
    default void a_response_to_head_has_no_body() {
        RawHttp.Reply reply = http().send("HEAD", "/api/me", "");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Header");
        assertThat(reply.header("Content-Length")).isEqualTo("58");
        assertThat(reply.body()).isEmpty();
    }

    @Test
    default void unknown_methods_have_the_same_policy() {
        assertThat(http().send("BREW", "/api/me", "").status()).isIn(401, 405, 501);
        assertThat(http().send("BREW", "/api/me", "", "X-User: alice").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("io.postern.auth.servlet.ServletContainerContract#contexts")
    default void a_broken_authenticator_is_500_with_an_id_and_nothing_else(String context) {
        RawHttp.Reply reply = http().get(context + "/api/me", "X-User: broken");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).matches("\\{\"detail\":\"A server error occurred.\",\"id\":\"[0-9a-f-]{36}\"}");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    default void a_failing_store_is_503() {
        RawHttp.Reply reply = http().get("/public/ping", "X-User: storeless");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(reply.body()).doesNotContain("pong").doesNotContain("database");
    }

    @Test
    default void a_throttle_counts_a_request_once() {
        int before = application().counted.get();
        http().get("/throttled/page");

        assertThat(application().counted.get()).isEqualTo(before + 1);
    }

    @Test
    default void the_core_receives_the_request_as_sent() {
        RawHttp.Reply reply = http().get(
                        "/ctx/public/facts?x=1", "X-Many: a", "X-Many: b", "Cookie: c=1; C=2; c=3", "Remote-User: eve");

        assertThat(reply.body())
                .isEqualTo("[/public/facts, /public/facts, [a, b], [1, 3], 127.0.0.1, false, Optional.empty]");
    }

    @Test
    default void the_filters_own_user_is_not_the_containers() {
        RawHttp.Reply reply = http().get("/public/facts", "X-User: alice");

        assertThat(reply.body()).endsWith("Optional.empty]");
    }

    @Test
    default void malformed_cookies_are_ignored() {
        for (String cookie :
                List.of(";;;;", "=x", "a=\"b", "$Version=1; a=\u0001", "a=b\u00ff; =; ==;\"", "a=b,c d=e")) {
            assertThat(http().get("/api/me", "Cookie: " + cookie).status())
                    .as(cookie)
                    .isIn(400, 401);
        }
    }

    @Test
    default void cookies_that_the_container_cannot_parse_are_ignored() {
        assertThat(http().get("/public/torn-cookies", "Cookie: c=1").body()).isEqualTo("[]");
    }

    /** Keep-alive connections reuse the container's request objects, which must not remember anybody. */
    @Test
    default void concurrent_requests_never_mix_up_users() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<List<String>>> mistakes = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int first = i;
                mistakes.add(threads.submit(() -> hammer(client, first)));
            }
            for (Future<List<String>> found : mistakes) {
                assertThat(found.get()).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> hammer(HttpClient client, int first) throws IOException, InterruptedException {
        List<String> names = List.of("alice", "bob", "");
        List<String> mistakes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String name = names.get((first + i) % names.size());
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server().port() + "/public/tell"));
            if (!name.isEmpty()) {
                request.header("X-User", name);
            }
            String body = client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            String expected = name.isEmpty() ? "principal=null" : "principal=" + name;
            if (!body.contains(expected) || !body.contains("known=" + name + " ")) {
                mistakes.add(name + " got " + body);
            }
        }
        return mistakes;
    }
}
