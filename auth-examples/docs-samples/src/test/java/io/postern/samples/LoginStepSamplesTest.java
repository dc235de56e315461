package io.postern.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.auth.AuthResponse;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the login steps that the docs show. */
class LoginStepSamplesTest {

    private static final String LOGIN = "{\"username\":\"ann\",\"password\":\"looking-glass\"}";

    private final InMemoryUserStore users = new InMemoryUserStore();

    @BeforeEach
    void addUser() {
        users.add(UserRecord.of("1", "ann"), PasswordHasher.pbkdf2(1_000).hash(Password.of("looking-glass")));
    }

    @Test
    void an_unverified_address_cannot_log_in() {
        assertResponse(
                post(LoginStepSamples.refusing(users, Set.of("1")), "/session/login/", LOGIN),
                403,
                "{\"detail\":\"Confirm your e-mail address first.\",\"code\":\"email_not_verified\"}");
        assertThat(post(LoginStepSamples.refusing(users, Set.of("2")), "/session/login/", LOGIN)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void terms_are_accepted_once() {
        Postern postern = LoginStepSamples.challenging(users, new InMemoryStores().oneTimeSecrets());

        AuthResponse challenge = post(postern, "/session/login/", LOGIN);
        assertThat(challenge.status()).isEqualTo(403);
        assertThat(text(challenge))
                .contains("\"challenge\":\"terms\"", "\"version\":\"2026-11\"", "\"url\":\"/terms/2026-11\"");
        String token = text(challenge).replaceFirst(".*\"login_token\":\"([^\"]*)\".*", "$1");

        assertResponse(
                post(postern, "/login/continue/", "{\"login_token\":\"" + token + "\",\"accept\":\"2025-01\"}"),
                400,
                "{\"accept\":[\"Accept version 2026-11 to log in.\"]}");
        AuthResponse accepted =
                post(postern, "/login/continue/", "{\"login_token\":\"" + token + "\",\"accept\":\"2026-11\"}");
        assertThat(accepted.status()).isEqualTo(200);
        assertThat(text(accepted)).startsWith("{\"user\":\"ann\",\"csrfToken\":");
        assertThat(post(postern, "/session/login/", LOGIN).status()).isEqualTo(200);
    }

    @Test
    void a_user_verified_by_a_link_passes_the_steps_too() {
        FakeRequest request = FakeRequest.post("/magic");

        assertThat(LoginStepSamples.verified(
                                LoginStepSamples.refusing(users, Set.of()),
                                request,
                                users.findById("1").orElseThrow())
                        .status())
                .isEqualTo(200);
        assertThat(LoginStepSamples.verified(
                                LoginStepSamples.refusing(users, Set.of("1")),
                                request,
                                users.findById("1").orElseThrow())
                        .status())
                .isEqualTo(403);
    }

    private static AuthResponse post(Postern postern, String path, String body) {
        FakeRequest request = FakeRequest.post("/auth" + path).header("Content-Type", "application/json");
        return postern.guard().endpoint(request, path, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static void assertResponse(AuthResponse response, int status, String body) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(text(response)).isEqualTo(body);
    }

    private static String text(AuthResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
