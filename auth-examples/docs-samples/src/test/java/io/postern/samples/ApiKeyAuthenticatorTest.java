package io.postern.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.Postern;
import io.postern.auth.servlet.AuthFilter;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs the authenticator of the docs on embedded Jetty. */
class ApiKeyAuthenticatorTest {

    private static final String KEY = "a-key-that-only-the-robot-has";

    private static JettyServer server;

    @BeforeAll
    static void start() {
        Postern postern = ApiKeySamples.configured(KEY);
        server = new JettyServer(context -> {
            AuthFilter.register(context, postern);
            context.addServlet("hello", new Quickstart.Hello()).addMapping("/hello");
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void lets_a_known_key_in() {
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
    void asks_strangers_for_a_key() {
        HttpResponse<String> answer = server.get("/hello");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("ApiKey");
    }
}
