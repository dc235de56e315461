package io.postern.auth;

import static io.postern.auth.permission.StandardPermissions.allowAny;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.testing.Events;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What listeners are told of refusals, by whomever they were found out, and how often. */
class GateTellingTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Events events = new Events();
    private final Gate gate = Gate.builder()
            .listener(events)
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .build();

    @Test
    void a_known_user_who_comes_too_often_is_told_with_the_id() {
        Policy policy = allowing(request -> AuthResult.authenticated(Users.ANN)).toBuilder()
                .throttles((request, who) -> new Throttle.Admission.Refused(Optional.empty()))
                .build();

        assertThat(gate.check(FakeRequest.get(), policy)).isInstanceOf(Verdict.Denied.class);
        assertThat(events.all())
                .containsExactly(new AuthEvent.RequestThrottled(NOW, "GET", "/", "192.0.2.1", Duration.ZERO, "1"));
    }

    @Test
    void what_a_gate_has_denied_is_neither_changed_nor_told_again() {
        Denial denial = Denial.notAuthenticated().withChallenges(List.of(Challenge.of("Other")));
        Policy policy = allowing(new Basic());

        assertThat(gate.complete(
                        FakeRequest.get(),
                        policy,
                        Authentication.anonymous(),
                        new DeniedException(new Verdict.Denied(denial))))
                .isEqualTo(denial);
        assertThat(events.all()).isEmpty();
    }

    @Test
    void what_a_handler_denies_gets_a_challenge_and_is_told_as_seen() {
        Gate viewed = Gate.builder()
                .view(request -> FakeRequest.of("GET", "/seen"))
                .listener(events)
                .build();
        Policy policy = allowing(new Basic());

        Denial denial = viewed.complete(
                FakeRequest.get(), policy, Authentication.anonymous(), new DeniedException(Denial.notAuthenticated()));

        assertThat(denial.challenges()).containsExactly(Challenge.of("Basic"));
        assertThat(events.of(AuthEvent.RequestDenied.class))
                .singleElement()
                .satisfies(event -> assertThat(event.path()).isEqualTo("/seen"));
    }

    private static Policy allowing(Authenticator authenticator) {
        return Policy.builder()
                .authenticators(authenticator)
                .permissions(allowAny())
                .build();
    }

    private record Basic() implements Authenticator {

        @Override
        public AuthResult authenticate(AuthRequest request) {
            return AuthResult.notAttempted();
        }

        @Override
        public Optional<Challenge> challenge(AuthRequest request) {
            return Optional.of(Challenge.of("Basic"));
        }
    }
}
