package io.postern.auth;

import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.denyAll;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.testing.Events;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Events events = new Events();
    private final Gate gate = Gate.builder()
            .listener(events)
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .build();
    private final List<String> order = new ArrayList<>();

    @Test
    void the_first_authenticator_that_recognises_its_credential_decides() {
        Authenticator skips = request -> AuthResult.notAttempted();
        Authenticator knows = request -> AuthResult.authenticated(Users.ANN, "the credential");
        Authenticator never = request -> {
            throw new AssertionError("asked after the decision");
        };
        Policy policy = Policy.builder()
                .authenticators(skips, knows, never)
                .permissions(isAuthenticated())
                .build();

        assertThat(gate.check(FakeRequest.get(), policy))
                .isEqualTo(new Verdict.Granted(
                        new Authentication(Users.ANN, Optional.of("the credential"), Optional.of(knows))));
        assertThat(events.all()).isEmpty();
    }

    @Test
    void a_refusal_ends_the_walk_though_a_later_authenticator_would_succeed() {
        Authenticator refuses = refusing(Denial.permissionDenied("CSRF Failed: no.", "permission_denied"));
        Authenticator knows = request -> AuthResult.authenticated(Users.ANN);

        Denial denial = denied(allowing(refuses, knows), FakeRequest.get());

        assertThat(denial.status()).isEqualTo(403);
        assertThat(denial.detail()).isEqualTo("CSRF Failed: no.");
    }

    @Test
    void a_bad_credential_is_refused_even_where_everybody_is_allowed() {
        Authenticator refuses = challenging("Basic", refusing(Denial.authenticationFailed("Bad.", "bad")));

        assertThat(denied(allowing(refuses), FakeRequest.get()).status()).isEqualTo(401);
    }

    @Test
    void nobody_is_granted_as_anonymous_where_everybody_is_allowed() {
        Verdict verdict = gate.check(FakeRequest.get(), allowing(request -> AuthResult.notAttempted()));

        assertThat(verdict).isEqualTo(new Verdict.Granted(Authentication.anonymous()));
    }

    @Test
    void a_missing_credential_is_told_with_the_first_challenge() {
        Policy policy = Policy.builder()
                .authenticators(
                        challenging("Token", request -> AuthResult.notAttempted()),
                        challenging("Basic", request -> AuthResult.notAttempted()))
                .permissions(isAuthenticated().withMessage("Own words.", "own"))
                .build();

        assertThat(denied(policy, FakeRequest.get()))
                .isEqualTo(Denial.notAuthenticated().withChallenges(List.of(Challenge.of("Token"))));
    }

    @Test
    void a_missing_credential_is_403_when_the_first_authenticator_has_no_challenge() {
        Policy policy = Policy.builder()
                .authenticators(
                        request -> AuthResult.notAttempted(),
                        challenging("Basic", request -> AuthResult.notAttempted()))
                .permissions(isAuthenticated())
                .build();

        Denial denial = denied(policy, FakeRequest.get());

        assertThat(denial.status()).isEqualTo(403);
        assertThat(denial.detail()).isEqualTo("Authentication credentials were not provided.");
        assertThat(denial.challenges()).isEmpty();
    }

    @Test
    void a_policy_without_authenticators_answers_the_permissions_own_words() {
        Policy policy = Policy.builder().permissions(isAuthenticated()).build();

        assertThat(denied(policy, FakeRequest.get())).isEqualTo(Denial.permissionDenied());
    }

    @Test
    void a_known_user_who_may_not_gets_the_permissions_own_words() {
        Policy policy = Policy.builder()
                .authenticators(challenging("Basic", request -> AuthResult.authenticated(Users.ANN)))
                .permissions(denyAll().withMessage("Custom no.", "custom"))
                .build();

        assertThat(denied(policy, FakeRequest.get())).isEqualTo(Denial.permissionDenied("Custom no.", "custom"));
        assertThat(events.of(AuthEvent.RequestDenied.class))
                .extracting(AuthEvent.RequestDenied::userId)
                .containsExactly("1");
    }

    @Test
    void a_permission_that_answers_401_brings_a_challenge() {
        Permission stale = new Permission() {
            @Override
            public boolean allows(AuthRequest request, Authentication authentication) {
                return false;
            }

            @Override
            public Denial denial(AuthRequest request, Authentication authentication) {
                return Denial.authenticationFailed("Log in again.", "stale");
            }
        };
        Policy policy = Policy.builder()
                .authenticators(challenging("Basic", request -> AuthResult.authenticated(Users.ANN)))
                .permissions(stale)
                .build();

        assertThat(denied(policy, FakeRequest.get()).challenges()).containsExactly(Challenge.of("Basic"));
    }

    @Test
    void permissions_are_asked_in_order_up_to_the_first_that_refuses() {
        Policy policy = Policy.builder()
                .permissions(noting("one", true), noting("two", false), noting("three", true))
                .build();

        denied(policy, FakeRequest.get());

        assertThat(order).containsExactly("one", "two");
    }

    @Test
    void a_permission_that_throws_refuses() {
        Permission throwing = (request, who) -> {
            throw new IllegalStateException("broken");
        };

        assertThat(denied(Policy.builder().permissions(throwing).build(), FakeRequest.get()))
                .isEqualTo(Denial.permissionDenied());
        assertThat(denied(Policy.builder().permissions(throwing.not()).build(), FakeRequest.get()))
                .isEqualTo(Denial.permissionDenied());
        assertThat(denied(Policy.builder().permissions(throwing.or(allowAny())).build(), FakeRequest.get()))
                .isEqualTo(Denial.permissionDenied());
        assertThat(events.of(AuthEvent.RequestDenied.class)).hasSize(3);
    }

    @Test
    void a_failing_store_is_503_wherever_it_is_asked() {
        Authenticator authenticator = request -> {
            throw new StoreException("down");
        };
        Permission permission = (request, who) -> {
            throw new StoreException("down");
        };
        Throttle throttle = (request, who) -> {
            throw new StoreException("down");
        };
        Denial unavailable = Denial.unavailable(Duration.ofSeconds(1));

        assertThat(denied(allowing(authenticator), FakeRequest.get())).isEqualTo(unavailable);
        assertThat(denied(Policy.builder().permissions(permission).build(), FakeRequest.get()))
                .isEqualTo(unavailable);
        assertThat(denied(allowing().toBuilder().throttles(throttle).build(), FakeRequest.get()))
                .isEqualTo(unavailable);
        assertThat(events.of(AuthEvent.StoreFailed.class))
                .hasSize(3)
                .extracting(AuthEvent.StoreFailed::message)
                .containsOnly("down");
    }

    @Test
    void an_authenticator_that_breaks_is_never_skipped() {
        Authenticator throwing = request -> {
            throw new IllegalStateException("broken");
        };
        Authenticator empty = request -> null;
        Authenticator knows = request -> AuthResult.authenticated(Users.ANN);

        assertThatIllegalStateException()
                .isThrownBy(() -> gate.check(FakeRequest.get(), allowing(throwing, knows)))
                .withMessage("broken");
        assertThatNullPointerException().isThrownBy(() -> gate.check(FakeRequest.get(), allowing(empty, knows)));
    }

    @Test
    void a_throttle_without_an_answer_admits_nobody() {
        Policy policy = allowing().toBuilder().throttles((request, who) -> null).build();

        assertThatNullPointerException().isThrownBy(() -> gate.check(FakeRequest.get(), policy));
    }

    @Test
    void all_throttles_are_asked_and_the_longest_wait_is_told() {
        Policy policy = allowing().toBuilder()
                .throttles(
                        waiting("a", Optional.of(Duration.ofSeconds(2))),
                        waiting("b", Optional.empty()),
                        waiting("c", Optional.of(Duration.ofMillis(59_001))),
                        waiting("d", Optional.of(Duration.ofSeconds(3))))
                .build();

        Denial denial = denied(policy, FakeRequest.get());

        assertThat(order).containsExactly("a", "b", "c", "d");
        assertThat(denial.status()).isEqualTo(429);
        assertThat(denial.detail()).isEqualTo("Request was throttled. Expected available in 60 seconds.");
        assertThat(events.all())
                .containsExactly(
                        new AuthEvent.RequestThrottled(NOW, "GET", "/", "192.0.2.1", Duration.ofSeconds(60), ""));
    }

    @Test
    void whoever_is_refused_is_not_counted() {
        Policy policy = Policy.builder()
                .permissions(denyAll())
                .throttles(waiting("never", Optional.empty()))
                .build();

        assertThat(denied(policy, FakeRequest.get()).status()).isEqualTo(403);
        assertThat(order).isEmpty();
    }

    @Test
    void a_known_authentication_counts_only_where_its_authenticator_is_trusted() {
        Authenticator trusted = request -> AuthResult.notAttempted();
        Authentication known = new Authentication(Users.ANN, Optional.empty(), Optional.of(trusted));
        Policy same = Policy.builder()
                .authenticators(trusted)
                .permissions(isAuthenticated())
                .build();
        Policy other = Policy.builder()
                .authenticators(challenging("Basic", request -> AuthResult.notAttempted()))
                .permissions(isAuthenticated())
                .build();

        assertThat(gate.check(FakeRequest.get(), same, known)).isEqualTo(new Verdict.Granted(known));
        assertThat(gate.check(FakeRequest.get(), other, known)).isInstanceOf(Verdict.Denied.class);
    }

    @Test
    void a_refusal_is_told_with_its_reason_and_the_clocks_time() {
        denied(allowing(refusing(Denial.authenticationFailed("Bad.", "the_reason"))), FakeRequest.of("PUT", "/a\nb"));

        assertThat(events.of(AuthEvent.RequestDenied.class)).singleElement().satisfies(event -> {
            assertThat(event.at()).isEqualTo(NOW);
            assertThat(event.reason()).isEqualTo("the_reason");
            assertThat(event.code()).isEqualTo("authentication_failed");
            assertThat(event.path()).isEqualTo("/a\\u{a}b");
        });
    }

    @Test
    void a_failing_listener_changes_no_verdict() {
        Gate deaf = Gate.builder()
                .listener(event -> {
                    throw new IllegalStateException("deaf");
                })
                .build();

        assertThat(deaf.check(
                        FakeRequest.get(),
                        Policy.builder().permissions(denyAll()).build()))
                .isEqualTo(new Verdict.Denied(Denial.permissionDenied()));
    }

    @Test
    void two_authorization_headers_are_refused_before_anybody_reads_them() {
        Policy policy = allowing(request -> {
            throw new AssertionError("read");
        });

        Denial denial =
                denied(policy, FakeRequest.get().authorization("Basic a").authorization("Basic b"));

        assertThat(denial.status()).isEqualTo(400);
    }

    @Test
    void whoever_is_known_is_refused_a_malformed_header_all_the_same() {
        Authenticator trusted = request -> AuthResult.notAttempted();
        Authentication known = new Authentication(Users.ANN, Optional.empty(), Optional.of(trusted));
        FakeRequest twice = FakeRequest.get().authorization("Basic a").authorization("Basic b");

        assertThat(gate.check(twice, allowing(trusted), known)).isInstanceOf(Verdict.Denied.class);
    }

    @Test
    void requests_are_seen_through_the_view() {
        Gate viewed = Gate.builder()
                .view(request -> FakeRequest.of("GET", "/seen").from("203.0.113.9"))
                .listener(events)
                .build();

        viewed.check(FakeRequest.get(), Policy.builder().permissions(denyAll()).build());

        assertThat(viewed.seen(FakeRequest.get()).remoteAddress()).isEqualTo("203.0.113.9");
        assertThat(events.of(AuthEvent.RequestDenied.class).get(0).address()).isEqualTo("203.0.113.9");
    }

    private Denial denied(Policy policy, AuthRequest request) {
        Verdict verdict = gate.check(request, policy);
        assertThat(verdict).isInstanceOf(Verdict.Denied.class);
        return ((Verdict.Denied) verdict).denial();
    }

    private static Policy allowing(Authenticator... authenticators) {
        return Policy.builder()
                .authenticators(authenticators)
                .permissions(allowAny())
                .build();
    }

    private static Authenticator refusing(Denial denial) {
        return request -> AuthResult.rejected(denial);
    }

    private Permission noting(String name, boolean answer) {
        return (request, who) -> order.add(name) && answer;
    }

    private Throttle waiting(String name, Optional<Duration> wait) {
        return (request, who) -> {
            order.add(name);
            return new Throttle.Admission.Refused(wait);
        };
    }

    private static Authenticator challenging(String scheme, Authenticator inner) {
        return new Authenticator() {
            @Override
            public AuthResult authenticate(AuthRequest request) {
                return inner.authenticate(request);
            }

            @Override
            public Optional<Challenge> challenge(AuthRequest request) {
                return Optional.of(Challenge.of(scheme));
            }
        };
    }
}
