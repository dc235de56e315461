package io.postern.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.Postern;
import io.postern.auth.User;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs what the page on protecting an application shows. */
class ProtectSamplesTest {

    private static final KeyRing KEYS = KeyRing.of(
            JwtKey.hmac(JwtAlgorithm.HS256, "thirty-two-bytes-for-a-mere-test".getBytes(StandardCharsets.US_ASCII)));

    private static Site server;

    @BeforeAll
    static void start() {
        PasswordHasher hasher = PasswordHasher.pbkdf2(1_000);
        InMemoryUserStore users = new InMemoryUserStore();
        add(users, hasher, UserRecord.of("1", "ann"));
        add(users, hasher, UserRecord.builder("2", "sue").staff(true).build());
        add(users, hasher, UserRecord.builder("3", "tom").roles("auditor").build());
        Postern postern = ProtectSamples.paths(users, KEYS);
        server = new Site(context -> {
            ProtectSamples.webXml(context, postern);
            ProtectSamples.register(context, postern);
            servlet(context, new QuickstartParts.Hello(), "", "/public/a", "/admin/a", "/reports/a", "/hello");
            servlet(context, new ProtectSamples.UsersServlet(), "/users");
            servlet(context, new ProtectSamples.AuditServlet(), "/audit");
            servlet(context, new ProtectSamples.NoteServlet(), "/note");
            assertThat(context.getAttribute(AuthFilter.POSTERN_ATTRIBUTE)).isSameAs(postern);
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, 200, 200, 200",
        "/public/a, 200, 200, 200",
        "/hello, 200, 200, 200",
        "/admin/a, 403, 200, 403",
        "/reports/a, 403, 403, 200",
        "/users, 403, 405, 403",
        "/audit, 403, 403, 200",
        "/note, 200, 200, 200"
    })
    void a_place_is_open_to_whom_it_names(String path, int ann, int sue, int tom) {
        assertThat(server.get(path, "Authorization", Site.basic("ann", "x")).statusCode())
                .isEqualTo(ann);
        assertThat(server.get(path, "Authorization", Site.basic("sue", "x")).statusCode())
                .isEqualTo(sue);
        assertThat(server.get(path, "Authorization", Site.basic("tom", "x")).statusCode())
                .isEqualTo(tom);
    }

    @ParameterizedTest
    @CsvSource({
        "/, 200",
        "/public/a, 200",
        "/hello, 401",
        "/admin/a, 401",
        "/reports/a, 401",
        "/users, 401",
        "/audit, 401"
    })
    void strangers_get_in_where_nobody_is_asked(String path, int status) {
        assertThat(server.get(path).statusCode()).isEqualTo(status);
    }

    @Test
    void a_handler_refuses_in_its_own_words() {
        assertThat(server.delete("/note", "Authorization", Site.basic("ann", "x"))
                        .body())
                .isEqualTo("{\"detail\":\"Notes are kept for ever.\"}");
    }

    @Test
    void a_handler_knows_who_calls() {
        assertThat(server.post("/note", "", "Authorization", Site.basic("sue", "x"))
                        .body())
                .isEqualTo("suetrue");
    }

    private static void add(InMemoryUserStore users, PasswordHasher hasher, User user) {
        users.add(user, hasher.hash(Password.of("x")));
    }

    private static void servlet(ServletContext context, HttpServlet servlet, String... paths) {
        context.addServlet(servlet.getClass().getName(), servlet).addMapping(paths);
    }
}
