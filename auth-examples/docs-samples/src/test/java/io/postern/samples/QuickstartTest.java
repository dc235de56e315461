package io.postern.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs the quickstart of the README on embedded Jetty. */
class QuickstartTest {

    private static final String ANN = Site.basic("ann", "looking-glass");
    private static final String LOGIN = "{\"username\": \"ann\", \"password\": \"looking-glass\"}";

    private static Site server;

    @BeforeAll
    static void start() {
        server = new Site(context -> {
            QuickstartParts.start(context, database());
            context.addServlet("hello", new QuickstartParts.Hello()).addMapping("/hello", "/admin/hello");
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void challenges_anonymous_callers() {
        HttpResponse<String> response = server.get("/hello");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"api\"");
        assertThat(response.body()).isEqualTo("{\"detail\":\"Authentication credentials were not provided.\"}");
    }

    @Test
    void accepts_a_password() {
        assertThat(server.get("/hello", "Authorization", ANN).body()).isEqualTo("hello ann");
    }

    @Test
    void refuses_a_wrong_password() {
        String wrong = Site.basic("ann", "rabbit-hole");

        assertThat(server.get("/hello", "Authorization", wrong).statusCode()).isEqualTo(401);
    }

    @Test
    void accepts_an_opaque_token() {
        String token = field(server.post("/auth/token/", LOGIN), "token");

        assertThat(server.get("/hello", "Authorization", "Token " + token).body())
                .isEqualTo("hello ann");
    }

    @Test
    void accepts_a_jwt() {
        String access = field(server.post("/auth/jwt/create/", LOGIN), "access");

        assertThat(server.get("/hello", "Authorization", "Bearer " + access).body())
                .isEqualTo("hello ann");
    }

    @Test
    void accepts_a_session() {
        String cookies = server.post("/auth/session/login/", LOGIN).headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";", 2)[0])
                .collect(Collectors.joining("; "));

        assertThat(server.get("/hello", "Cookie", cookies).body()).isEqualTo("hello ann");
    }

    @Test
    void denies_users_the_pages_of_the_staff() {
        assertThat(server.get("/admin/hello", "Authorization", ANN).statusCode())
                .isEqualTo(403);
    }

    private static DataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:quickstart;DB_CLOSE_DELAY=-1");
        return database;
    }

    private static String field(HttpResponse<String> response, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(response.body());
        assertThat(matcher.find()).as(response.body()).isTrue();
        return matcher.group(1);
    }
}
