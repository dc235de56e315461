package io.postern.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs the integration of the README on embedded Jetty. */
class QuickstartTest {

    private static final String ANN = JettyServer.basic("ann", "looking-glass");
    private static final String LOGIN = "{\"username\": \"ann\", \"password\": \"looking-glass\"}";

    private static JettyServer server;

    @BeforeAll
    static void start() {
        server = new JettyServer(context -> {
            Quickstart.start(context);
            context.addServlet("hello", new Quickstart.Hello()).addMapping("/hello", "/admin/hello");
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void asks_strangers_to_log_in() {
        HttpResponse<String> answer = server.get("/hello");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"api\"");
        assertThat(answer.body()).isEqualTo("{\"detail\":\"Authentication credentials were not provided.\"}");
    }

    @Test
    void lets_a_password_in() {
        assertThat(server.get("/hello", "Authorization", ANN).body()).isEqualTo("hello ann");
    }

    @Test
    void refuses_a_wrong_password() {
        String wrong = JettyServer.basic("ann", "rabbit-hole");

        assertThat(server.get("/hello", "Authorization", wrong).statusCode()).isEqualTo(401);
    }

    @Test
    void lets_an_opaque_token_in() {
        String token = field(server.post("/auth/token/", LOGIN), "token");

        assertThat(server.get("/hello", "Authorization", "Token " + token).body())
                .isEqualTo("hello ann");
    }

    @Test
    void lets_a_signed_token_in() {
        String access = field(server.post("/auth/jwt/create/", LOGIN), "access");

        assertThat(server.get("/hello", "Authorization", "Bearer " + access).body())
                .isEqualTo("hello ann");
    }

    @Test
    void lets_a_session_in() {
        String cookie = server.post("/auth/session/login/", LOGIN)
                .headers()
                .allValues("Set-Cookie")
                .get(0);

        assertThat(server.get("/hello", "Cookie", cookie.split(";", 2)[0]).body())
                .isEqualTo("hello ann");
    }

    @Test
    void keeps_users_out_of_the_staffs_place() {
        assertThat(server.get("/admin/hello", "Authorization", ANN).statusCode())
                .isEqualTo(403);
    }

    private static String field(HttpResponse<String> answer, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(answer.body());
        assertThat(matcher.find()).as(answer.body()).isTrue();
        return matcher.group(1);
    }
}
