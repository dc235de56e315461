package io.postern.auth;

import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.denyAll;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTest {

    private final Gate gate = Gate.builder().build();
    private final List<String> order = new ArrayList<>();

    @Test
    void the_first_authenticator_that_recognises_its_credential_decides() {
        Authenticator skips = request -> AuthResult.notAttempted();
        Authenticator knows = request -> AuthResult.authenticated(Users.ANN, "the credential");
        Authenticator never = request -> {
            throw new AssertionError("called after the decision");
        };
        Policy policy = Policy.builder()
                .authenticators(skips, knows, never)
                .permissions(isAuthenticated())
                .build();

        assertThat(gate.check(FakeRequest.get(), policy))
                .isEqualTo(new Verdict.Granted(
                        new Authentication(Users.ANN, Optional.of("the credential"), Optional.of(knows))));
    }

    @Test
    void a_rejection_is_final_though_a_later_authenticator_would_succeed() {
        Authenticator refuses = refusing(Denial.permissionDenied("CSRF Failed: no.", "permission_denied"));
        Authenticator knows = request -> AuthResult.authenticated(Users.ANN);

        Denial denial = denied(allowing(refuses, knows), FakeRequest.get());

        assertThat(denial.status()).isEqualTo(403);
        assertThat(denial.detail()).isEqualTo("CSRF Failed: no.");
    }

    @Test
    void a_bad_credential_is_refused_even_where_anonymous_callers_are_allowed() {
        Authenticator refuses = challenging("Basic", refusing(Denial.authenticationFailed("Bad.", "bad")));

        assertThat(denied(allowing(refuses), FakeRequest.get()).status()).isEqualTo(401);
    }

    @Test
    void a_request_without_credentials_is_anonymous_where_that_is_allowed() {
        Verdict verdict = gate.check(FakeRequest.get(), allowing(request -> AuthResult.notAttempted()));

        assertThat(verdict).isEqualTo(new Verdict.Granted(Authentication.anonymous()));
    }

    @Test
    void a_missing_credential_is_refused_with_the_first_challenge() {
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
    void without_authenticators_the_permissions_own_denial_is_sent() {
        Policy policy = Policy.builder().permissions(isAuthenticated()).build();

        assertThat(denied(policy, FakeRequest.get())).isEqualTo(Denial.permissionDenied());
    }

    @Test
    void an_authenticated_user_gets_the_permissions_own_denial() {
        Policy policy = Policy.builder()
                .authenticators(challenging("Basic", request -> AuthResult.authenticated(Users.ANN)))
                .permissions(denyAll().withMessage("Custom no.", "custom"))
                .build();

        assertThat(denied(policy, FakeRequest.get())).isEqualTo(Denial.permissionDenied("Custom no.", "custom"));
        assertThat(gate.check(FakeRequest.get(), policy).authentication().user().id())
                .isEqualTo("1");
    }

    @Test
    void a_401_of_a_permission_gets_a_challenge() {
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
    void permissions_are_evaluated_in_order_up_to_the_first_that_refuses() {
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
    }

    @Test
    void the_failure_of_a_store_is_thrown_wherever_it_occurs() {
        Authenticator authenticator = request -> {
            throw new StoreException("down");
        };
        Permission permission = (request, who) -> {
            throw new StoreException("down");
        };
        Throttle throttle = (request, who) -> {
            throw new StoreException("down");
        };

        for (Policy policy : List.of(
                allowing(authenticator),
                Policy.builder().permissions(permission).build(),
                allowing().toBuilder().throttles(throttle).build())) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> gate.check(FakeRequest.get(), policy))
                    .withMessage("down");
        }
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
    void a_throttle_that_returns_null_admits_no_request() {
        Policy policy = allowing().toBuilder().throttles((request, who) -> null).build();

        assertThatNullPointerException().isThrownBy(() -> gate.check(FakeRequest.get(), policy));
    }

    @Test
    void all_throttles_are_consulted_and_the_longest_wait_is_reported() {
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
        assertThat(denial.retryAfter()).contains(Duration.ofSeconds(60));
    }

    @Test
    void a_refused_request_is_not_counted() {
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

        assertThat(gate.evaluate(FakeRequest.get(), same, known, List.of())).isEqualTo(new Verdict.Granted(known));
        assertThat(gate.evaluate(FakeRequest.get(), other, known, List.of())).isInstanceOf(Verdict.Denied.class);
    }

    @Test
    void plain_http_is_refused_before_authentication_where_https_is_required() {
        Authenticator reads = request -> {
            throw new AssertionError("authenticated over plain HTTP");
        };
        Policy https = allowing(reads).toBuilder().requireHttps().build();

        Denial denial = denied(https, FakeRequest.get());

        assertThat(denial).isEqualTo(Denial.permissionDenied("Secure connection required.", "insecure_transport"));
    }

    @Test
    void https_is_accepted_where_it_is_required() {
        Policy https = allowing().toBuilder().requireHttps().build();

        assertThat(gate.check(FakeRequest.get().overTls(), https)).isInstanceOf(Verdict.Granted.class);
    }

    @Test
    void a_throttle_that_has_counted_a_request_does_not_count_it_again() {
        Throttle counted = waiting("counted", Optional.empty());
        Policy policy = allowing().toBuilder().throttles(counted).build();

        Verdict verdict = gate.evaluate(FakeRequest.get(), policy, Authentication.anonymous(), List.of(counted));

        assertThat(verdict).isInstanceOf(Verdict.Granted.class);
        assertThat(order).isEmpty();
    }

    @Test
    void two_authorization_headers_are_refused_before_authentication() {
        Policy policy = allowing(request -> {
            throw new AssertionError("read");
        });

        Denial denial =
                denied(policy, FakeRequest.get().authorization("Basic a").authorization("Basic b"));

        assertThat(denial.status()).isEqualTo(400);
    }

    @Test
    void a_credential_that_the_body_must_confirm_is_confirmed_last() {
        Authenticator late =
                request -> new AuthResult.Unconfirmed(new AuthResult.Authenticated(Users.ANN, Optional.empty()), () -> {
                    order.add("body");
                    return Optional.empty();
                });
        Throttle throttle = (request, authentication) -> {
            order.add("throttle");
            return new Throttle.Admission.Admitted();
        };
        Policy policy = allowing(late).toBuilder().throttles(throttle).build();

        assertThat(gate.check(FakeRequest.post(), policy).authentication().user())
                .isEqualTo(Users.ANN);
        assertThat(order).containsExactly("throttle", "body");
    }

    @Test
    void the_body_of_a_request_that_is_refused_without_it_is_not_read() {
        Authenticator late =
                request -> new AuthResult.Unconfirmed(new AuthResult.Authenticated(Users.ANN, Optional.empty()), () -> {
                    throw new AssertionError("read");
                });

        assertThat(denied(allowing(late).toBuilder().permissions(denyAll()).build(), FakeRequest.post()))
                .isEqualTo(Denial.permissionDenied());
    }

    @Test
    void a_credential_that_the_body_does_not_confirm_is_rejected() {
        Authenticator late = request -> new AuthResult.Unconfirmed(
                new AuthResult.Authenticated(Users.ANN, Optional.empty()),
                () -> Optional.of(Denial.csrfFailed("CSRF token missing.")));

        Verdict verdict = gate.check(FakeRequest.post(), allowing(late));

        assertThat(verdict)
                .isEqualTo(new Verdict.Denied(Denial.csrfFailed("CSRF token missing."), Authentication.anonymous()));
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
