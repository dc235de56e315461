package io.postern.auth.jwt.endpoint;

import static io.postern.auth.testing.Site.header;
import static io.postern.auth.testing.Site.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.endpoint.EndpointResponse;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.testing.FakeRequest;
import io.postern.auth.testing.Site;
import io.postern.auth.testing.Users;
import io.postern.jwt.Jwt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** drf-contract VW-1, VF-1, VF-2; R-END-03, R-END-10, R-END-11. */
class JwtLoginTest {

    private final Site site =
            new Site(builder -> builder.with(Jwt.of(KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32])))));

    @Test
    void a_login_gets_a_pair_in_simplejwts_order() {
        EndpointResponse response = site.logIn("/jwt/create/", "ann", Users.PASSWORD);

        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).matches("\\{\"refresh\":\"[^\".]+\\.[^\".]+\\.[^\".]+\",\"access\":\"[^\"]+\"}");
        assertThat(header(response, "Cache-Control")).containsExactly("no-store");
    }

    @ParameterizedTest
    @CsvSource({"ann, wrong", "nobody, pa ss", "ida, pa ss", "Ann, pa ss", "ann, Pa ss", "' OR '1'='1, x"})
    void every_failed_login_is_answered_alike(String username, String password) {
        EndpointResponse jwt = site.logIn("/jwt/create/", username, password);

        assertThat(jwt.status()).isEqualTo(401);
        assertThat(text(jwt)).isEqualTo("{\"detail\":\"No active account found with the given credentials\"}");
        assertThat(header(jwt, "WWW-Authenticate")).containsExactly("Bearer realm=\"api\"");
        assertThat(site.events.of(AuthEvent.LoginFailed.class)).hasSize(1);
        assertThat(site.events.of(AuthEvent.LoggedIn.class)).isEmpty();
        assertThat(site.events.of(AuthEvent.TokenIssued.class)).isEmpty();
    }

    @Test
    void names_and_passwords_are_trimmed_as_simplejwt_does() {
        assertThat(site.logIn("/jwt/create/", " ann ", " " + Users.PASSWORD + " ")
                        .status())
                .isEqualTo(200);
        assertThat(text(site.logIn("/jwt/create/", "ann", "  ")))
                .isEqualTo("{\"password\":[\"This field may not be blank.\"]}");
    }

    @Test
    void missing_fields_are_told_together() {
        String path = "/jwt/create/";
        assertThat(text(site.json(path, "{}")))
                .isEqualTo("{\"username\":[\"This field is required.\"],\"password\":[\"This field is required.\"]}");
        assertThat(text(site.ask(FakeRequest.post(), path, "")))
                .isEqualTo("{\"username\":[\"This field is required.\"],\"password\":[\"This field is required.\"]}");
        assertThat(site.events.all()).isEmpty();
    }

    @Test
    void forms_log_in_too() {
        String path = "/jwt/create/";
        FakeRequest form = FakeRequest.post().header("Content-Type", "application/x-www-form-urlencoded");

        assertThat(site.ask(form, path, "username=ann&password=pa+ss").status()).isEqualTo(200);
    }

    @Test
    void further_members_change_nothing() {
        String path = "/jwt/create/";
        EndpointResponse response = site.json(
                path,
                "{\"username\":\"ann\",\"password\":\"pa ss\",\"is_staff\":true,\"user_id\":\"2\",\"next\":\"//evil\"}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(header(response, "Location")).isEmpty();
        assertThat(site.users.findById("1").orElseThrow().user()).isEqualTo(Users.ANN);
    }

    @Test
    void a_bad_authorization_header_is_ignored() {
        String path = "/jwt/create/";
        FakeRequest request =
                FakeRequest.post().header("Content-Type", "application/json").authorization("Basic garbage");

        assertThat(site.ask(request, path, "{\"username\":\"ann\",\"password\":\"pa ss\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void only_post_logs_in() {
        String path = "/jwt/create/";
        for (String method : new String[] {"GET", "HEAD", "PUT", "DELETE", "PATCH", "TRACE", "FOO", "post"}) {
            EndpointResponse response = site.ask(FakeRequest.of(method, "/"), path, "");

            assertThat(response.status()).isEqualTo(405);
            assertThat(text(response)).isEqualTo("{\"detail\":\"Method \\\"" + method + "\\\" not allowed.\"}");
            assertThat(header(response, "Allow")).containsExactly("POST, OPTIONS");
        }
    }

    @Test
    void no_answer_repeats_the_password() {
        String secret = "hunter2-hunter2";
        for (String path : site.postern.endpoints().paths()) {
            for (String body : new String[] {
                "{\"username\":\"ann\",\"password\":\"" + secret + "\"}",
                "{\"username\":\"ann\",\"password\":\"" + secret,
                "{\"username\":\"ann\",\"password\":{\"" + secret + "\":1}}",
                "{\"" + secret + "\":1}",
                "[\"" + secret + "\"]"
            }) {
                assertThat(text(site.json(path, body))).as(path).doesNotContain(secret);
            }
        }
        assertThat(site.events.all().toString()).doesNotContain(secret);
    }
}
