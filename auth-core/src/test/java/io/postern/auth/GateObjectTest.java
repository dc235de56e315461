package io.postern.auth;

import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateObjectTest {

    private static final Authenticator BASIC = new Authenticator() {
        @Override
        public AuthResult authenticate(AuthRequest request) {
            throw new AssertionError("an object check authenticates nothing");
        }

        @Override
        public Optional<Challenge> challenge(AuthRequest request) {
            return Optional.of(Challenge.of("Basic"));
        }
    };
    private static final Authentication ANN = new Authentication(Users.ANN, Optional.empty(), Optional.of(BASIC));

    private final Gate gate = Gate.builder().build();

    @Test
    void grants_an_object_that_every_permission_grants() {
        assertThat(check(ANN, "ann", isAuthenticated(), new Owner())).isEqualTo(new Verdict.Granted(ANN));
    }

    @Test
    void an_authenticated_user_is_refused_with_403() {
        assertThat(check(ANN, "bob", allowAny(), new Owner()))
                .isEqualTo(new Verdict.Denied(Denial.permissionDenied(), ANN));
    }

    @Test
    void an_anonymous_caller_is_asked_to_authenticate() {
        assertThat(check(Authentication.anonymous(), "ann", allowAny(), new Owner()))
                .isEqualTo(new Verdict.Denied(
                        Denial.notAuthenticated().withChallenges(List.of(Challenge.of("Basic"))),
                        Authentication.anonymous()));
    }

    @Test
    void a_permission_that_throws_refuses_the_object() {
        assertThat(check(ANN, 42, allowAny(), new Owner()))
                .isEqualTo(new Verdict.Denied(Denial.permissionDenied(), ANN));
    }

    @Test
    void a_failing_store_is_not_a_refusal() {
        Permission broken = new Permission() {
            @Override
            public boolean allows(AuthRequest request, Authentication authentication) {
                return true;
            }

            @Override
            public boolean allowsObject(AuthRequest request, Authentication authentication, Object object) {
                throw new StoreException("down");
            }
        };

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> check(ANN, "ann", broken))
                .withMessage("down");
    }

    @Test
    void the_objects_denial_may_differ_from_the_requests() {
        assertThat(check(ANN, "x", new Hiding())).isEqualTo(new Verdict.Denied(Denial.notFound(), ANN));
    }

    private Verdict check(Authentication who, Object object, Permission... permissions) {
        Policy policy =
                Policy.builder().authenticators(BASIC).permissions(permissions).build();
        return gate.checkObject(FakeRequest.get(), policy, who, object);
    }

    /** Objects are names of their owners. */
    private record Owner() implements Permission {

        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return true;
        }

        @Override
        public boolean allowsObject(AuthRequest request, Authentication authentication, Object object) {
            return ((String) object).equals(authentication.user().username());
        }
    }

    @Test
    void an_object_hidden_with_404_is_hidden_from_anonymous_callers_too() {
        assertThat(check(Authentication.anonymous(), "x", new Hiding()))
                .isEqualTo(new Verdict.Denied(Denial.notFound(), Authentication.anonymous()));
    }

    private record Hiding() implements Permission {

        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return true;
        }

        @Override
        public boolean allowsObject(AuthRequest request, Authentication authentication, Object object) {
            return false;
        }

        @Override
        public Denial objectDenial(AuthRequest request, Authentication authentication, Object object) {
            return Denial.notFound();
        }
    }
}
