package io.postern.auth.testing;

import static io.postern.auth.testing.Site.header;
import static io.postern.auth.testing.Site.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.AuthResponse;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.testkit.FakeRequest;
import org.junit.jupiter.api.Test;

/** What every endpoint does that logs in by name and password and tells faults by field. */
public interface LoginContract {

    /** One for each test. */
    Site site();

    String path();

    @Test
    default void missing_fields_are_told_together() {
        assertThat(text(site().json(path(), "{}")))
                .isEqualTo("{\"username\":[\"This field is required.\"],\"password\":[\"This field is required.\"]}");
        assertThat(text(site().ask(FakeRequest.post(), path(), "")))
                .isEqualTo("{\"username\":[\"This field is required.\"],\"password\":[\"This field is required.\"]}");
        assertThat(site().events.all()).isEmpty();
    }

    @Test
    default void forms_log_in_too() {
        FakeRequest form = FakeRequest.post().header("Content-Type", "application/x-www-form-urlencoded");

        assertThat(site().ask(form, path(), "username=ann&password=pa+ss").status())
                .isEqualTo(200);
    }

    @Test
    default void further_members_change_nothing() {
        AuthResponse response = site().json(
                        path(),
                        "{\"username\":\"ann\",\"password\":\"pa ss\",\"is_staff\":true,\"user_id\":\"2\",\"next\":\"//evil\"}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(header(response, "Location")).isEmpty();
        assertThat(site().users.findById("1").orElseThrow().user()).isEqualTo(Users.ANN);
    }

    @Test
    default void a_bad_authorization_header_is_ignored() {
        FakeRequest request =
                FakeRequest.post().header("Content-Type", "application/json").authorization("Basic garbage");

        assertThat(site().ask(request, path(), "{\"username\":\"ann\",\"password\":\"pa ss\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    default void no_answer_repeats_the_password() {
        String secret = "hunter2-hunter2";
        for (String path : site().postern.endpoints().paths()) {
            for (String body : new String[] {
                "{\"username\":\"ann\",\"password\":\"" + secret + "\"}",
                "{\"username\":\"ann\",\"password\":\"" + secret,
                "{\"username\":\"ann\",\"password\":{\"" + secret + "\":1}}",
                "{\"" + secret + "\":1}",
                "[\"" + secret + "\"]"
            }) {
                assertThat(text(site().json(path, body))).as(path).doesNotContain(secret);
            }
        }
        assertThat(site().events.all().toString()).doesNotContain(secret);
    }

    @Test
    default void only_post_logs_in() {
        assertThatOnlyPostLogsIn(path());
    }

    @Test
    default void a_login_while_too_many_hash_is_told_to_come_back() {
        assertThatBusyIsTold(path());
    }

    default void assertThatOnlyPostLogsIn(String path) {
        for (String method : new String[] {"GET", "HEAD", "PUT", "DELETE", "PATCH", "TRACE", "FOO", "post"}) {
            AuthResponse response = site().ask(FakeRequest.of(method, "/"), path, "");

            assertThat(response.status()).isEqualTo(405);
            assertThat(text(response)).isEqualTo("{\"detail\":\"Method \\\"" + method + "\\\" not allowed.\"}");
            assertThat(header(response, "Allow")).containsExactly("POST, OPTIONS");
        }
    }

    default void assertThatBusyIsTold(String path) {
        Thread.currentThread().interrupt();

        AuthResponse response = site().json(path, "{\"username\":\"ann\",\"password\":\"pa ss\"}");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(response.status()).isEqualTo(503);
        assertThat(header(response, "Retry-After")).containsExactly("2");
        assertThat(header(response, "Set-Cookie")).isEmpty();
        assertThat(site().events.all())
                .singleElement()
                .isInstanceOfSatisfying(
                        AuthEvent.LoginFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo("password_hashing_busy"));
    }
}
