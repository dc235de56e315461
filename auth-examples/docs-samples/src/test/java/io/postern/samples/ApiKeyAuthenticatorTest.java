package io.postern.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs the authenticators of the docs on embedded Jetty. */
class ApiKeyAuthenticatorTest {

    private static final String KEY = "a-key-that-only-the-robot-has";

    private static Site server;

    @BeforeAll
    static void start() {
        Postern postern = ApiKeySamples.configured(KEY);
        server = new Site(context -> {
            AuthFilter.register(context, postern);
            context.addServlet("hello", new QuickstartParts.Hello()).addMapping("/hello");
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void accepts_a_known_key() {
        HttpResponse<String> answer = server.get("/hello", "X-Api-Key", KEY);

        assertThat(answer.body()).isEqualTo("hello robot");
        assertThat(answer.headers().allValues("Vary")).containsExactly("X-Api-Key");
    }

    @Test
    void refuses_an_unknown_key() {
        HttpResponse<String> answer = server.get("/hello", "X-Api-Key", "another");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("ApiKey");
        assertThat(answer.body()).isEqualTo("{\"detail\":\"Invalid API key.\"}");
    }

    @Test
    void refuses_two_keys() {
        assertThat(server.get("/hello", "X-Api-Key", KEY, "X-Api-Key", "another")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void challenges_anonymous_callers() {
        HttpResponse<String> answer = server.get("/hello");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("ApiKey");
    }

    @Test
    void the_ready_made_one_reads_tokens_that_can_be_revoked() {
        InMemoryUserStore users = new InMemoryUserStore();
        users.add(UserRecord.of("7", "robot"), PasswordHasher.pbkdf2(1_000).hash(Password.of("rabbit-hole")));
        Postern postern = ApiKeySamples.ready(users, new InMemoryStores().tokens());
        String key = ApiKeySamples.issue(postern);
        try (Site ready = new Site(context -> {
            AuthFilter.register(context, postern);
            context.addServlet("hello", new QuickstartParts.Hello()).addMapping("/hello");
        })) {
            HttpResponse<String> granted = ready.get("/hello", "X-Api-Key", key);
            assertThat(granted.body()).isEqualTo("hello robot");
            assertThat(granted.headers().allValues("Vary")).containsExactly("X-Api-Key, Authorization, Cookie");

            postern.tokens().revokeAll("7");
            HttpResponse<String> refused = ready.get("/hello", "X-Api-Key", key);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().allValues("WWW-Authenticate")).containsExactly("ApiKey");
        }
    }
}
