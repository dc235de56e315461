package io.postern.auth.endpoint;

import static io.postern.auth.testing.Site.header;
import static io.postern.auth.testing.Site.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.testing.FakeRequest;
import io.postern.auth.testing.Site;
import io.postern.auth.testing.Users;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** drf-contract AT-3 to AT-7, AT-11; R-END-03, R-END-10, R-END-11. */
class LoginEndpointsTest {

    private final Site site = new Site();

    @Test
    void a_login_gets_a_token_that_works() {
        EndpointResponse response = site.logIn("/token/", "ann", Users.PASSWORD);

        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).matches("\\{\"token\":\"postern_[A-Za-z0-9_-]{49}\"}");
        String token = text(response).split("\"", -1)[3];
        assertThat(site.postern.tokens().find(token)).isPresent();
        assertThat(site.events.of(AuthEvent.LoggedIn.class)).singleElement().satisfies(event -> {
            assertThat(event.userId()).isEqualTo("1");
            assertThat(event.method()).isEqualTo("token");
            assertThat(event.address()).isEqualTo("192.0.2.1");
        });
    }

    @ParameterizedTest
    @CsvSource({"ann, wrong", "nobody, pa ss", "ida, pa ss", "Ann, pa ss", "ann, Pa ss", "' OR '1'='1, x"})
    void every_failed_login_is_answered_alike(String username, String password) {
        EndpointResponse token = site.logIn("/token/", username.replace("'", ""), password);

        assertThat(token.status()).isEqualTo(400);
        assertThat(text(token)).isEqualTo("{\"non_field_errors\":[\"Unable to log in with provided credentials.\"]}");
        assertThat(site.events.of(AuthEvent.LoginFailed.class)).hasSize(1);
        assertThat(site.events.of(AuthEvent.LoggedIn.class)).isEmpty();
        assertThat(site.events.of(AuthEvent.TokenIssued.class)).isEmpty();
    }

    @Test
    void names_are_trimmed_and_passwords_are_not() {
        assertThat(site.logIn("/token/", " ann ", Users.PASSWORD).status()).isEqualTo(200);
        assertThat(site.logIn("/token/", "ann", " " + Users.PASSWORD).status()).isEqualTo(400);
    }

    @Test
    void missing_fields_are_told_together() {
        String path = "/token/";
        assertThat(text(site.json(path, "{}")))
                .isEqualTo("{\"username\":[\"This field is required.\"],\"password\":[\"This field is required.\"]}");
        assertThat(text(site.ask(FakeRequest.post(), path, "")))
                .isEqualTo("{\"username\":[\"This field is required.\"],\"password\":[\"This field is required.\"]}");
        assertThat(site.events.all()).isEmpty();
    }

    @Test
    void forms_log_in_too() {
        String path = "/token/";
        FakeRequest form = FakeRequest.post().header("Content-Type", "application/x-www-form-urlencoded");

        assertThat(site.ask(form, path, "username=ann&password=pa+ss").status()).isEqualTo(200);
    }

    @Test
    void further_members_change_nothing() {
        String path = "/token/";
        EndpointResponse response = site.json(
                path,
                "{\"username\":\"ann\",\"password\":\"pa ss\",\"is_staff\":true,\"user_id\":\"2\",\"next\":\"//evil\"}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(header(response, "Location")).isEmpty();
        assertThat(site.users.findById("1").orElseThrow().user()).isEqualTo(Users.ANN);
    }

    @Test
    void a_bad_authorization_header_is_ignored() {
        String path = "/token/";
        FakeRequest request =
                FakeRequest.post().header("Content-Type", "application/json").authorization("Basic garbage");

        assertThat(site.ask(request, path, "{\"username\":\"ann\",\"password\":\"pa ss\"}")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/token/", "/session/login/"})
    void only_post_logs_in(String path) {
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

    @ParameterizedTest
    @ValueSource(strings = {"/token/", "/session/login/"})
    void a_login_while_too_many_hash_is_told_to_come_back(String path) {
        Thread.currentThread().interrupt();

        EndpointResponse response = site.json(path, "{\"username\":\"ann\",\"password\":\"pa ss\"}");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(response.status()).isEqualTo(503);
        assertThat(header(response, "Retry-After")).containsExactly("2");
        assertThat(header(response, "Set-Cookie")).isEmpty();
        assertThat(site.events.all())
                .singleElement()
                .isInstanceOfSatisfying(
                        AuthEvent.LoginFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo("password_hashing_busy"));
    }
}
