package io.postern.samples;

import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.Postern;
import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Verdict;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.testkit.SettableClock;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Runs the extension that the docs show. */
class GuestsTest {

    private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-24T12:00:00Z"));
    private final Postern postern = ApiKeySamples.withGuests(Postern.builder().clock(clock))
            .permissions(isAuthenticated())
            .build();

    @Test
    void its_endpoint_issues_a_pass_that_its_authenticator_accepts() {
        String pass = issue();

        assertThat(check(pass)).isInstanceOf(Verdict.Granted.class);
        assertThat(check(pass + "x")).isInstanceOf(Verdict.Denied.class);
        assertThat(postern.service(GuestPasses.class).expiryByDigest()).hasSize(1);
    }

    @Test
    void expired_passes_are_deleted() {
        String old = issue();
        clock.advance(Duration.ofMinutes(59));
        String young = issue();
        assertThat(postern.deleteExpired()).isZero();

        clock.advance(Duration.ofMinutes(1));

        assertThat(check(old)).isInstanceOf(Verdict.Denied.class);
        assertThat(check(young)).isInstanceOf(Verdict.Granted.class);
        assertThat(postern.deleteExpired()).isEqualTo(1);
    }

    private String issue() {
        AuthResponse answer = postern.guard().endpoint(FakeRequest.post("/"), "/guest/", InputStream.nullInputStream());
        assertThat(answer.status()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8).split("\"", -1)[3];
    }

    private Verdict check(String pass) {
        AuthRequest request = FakeRequest.get("/").header("X-Guest-Pass", pass);
        return postern.gate().check(request, postern.defaultPolicy());
    }
}
