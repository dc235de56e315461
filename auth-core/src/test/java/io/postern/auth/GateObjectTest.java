package io.postern.auth;

import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateObjectTest {

    private static final Authenticator BASIC = new Authenticator() {
        @Override
        public AuthResult authenticate(AuthRequest request) {
            throw new AssertionError("objects are checked for who is known already");
        }

        @Override
        public Optional<Challenge> challenge(AuthRequest request) {
            return Optional.of(Challenge.of("Basic"));
        }
    };
    private static final Authentication ANN = new Authentication(Users.ANN, Optional.empty(), Optional.of(BASIC));

    private final Gate gate = Gate.builder().listener(event -> {}).build();

    @Test
    void grants_an_object_that_every_permission_grants() {
        assertThat(check(ANN, "ann", isAuthenticated(), new Owner())).isEqualTo(new Verdict.Granted(ANN));
    }

    @Test
    void refuses_a_known_user_with_403() {
        assertThat(check(ANN, "bob", allowAny(), new Owner())).isEqualTo(new Verdict.Denied(Denial.permissionDenied()));
    }

    @Test
    void asks_an_unknown_user_to_log_in() {
        assertThat(check(Authentication.anonymous(), "ann", allowAny(), new Owner()))
                .isEqualTo(
                        new Verdict.Denied(Denial.notAuthenticated().withChallenges(List.of(Challenge.of("Basic")))));
    }

    @Test
    void a_permission_that_throws_refuses_the_object() {
        assertThat(check(ANN, 42, allowAny(), new Owner())).isEqualTo(new Verdict.Denied(Denial.permissionDenied()));
    }

    @Test
    void a_failing_store_is_503() {
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

        assertThat(((Verdict.Denied) check(ANN, "ann", broken)).denial().status())
                .isEqualTo(503);
    }

    @Test
    void the_objects_denial_may_differ_from_the_requests() {
        assertThat(check(ANN, "x", new Hiding())).isEqualTo(new Verdict.Denied(Denial.notFound()));
    }

    @Test
    void permissions_on_objects_see_the_request_through_the_view() {
        Gate viewed = Gate.builder()
                .view(request -> FakeRequest.get().from("203.0.113.9"))
                .listener(event -> {})
                .build();
        Policy policy = Policy.builder().permissions(new FromAddress()).build();

        assertThat(viewed.checkObject(FakeRequest.get(), policy, ANN, "203.0.113.9"))
                .isEqualTo(new Verdict.Granted(ANN));
    }

    private Verdict check(Authentication who, Object object, Permission... permissions) {
        Policy policy =
                Policy.builder().authenticators(BASIC).permissions(permissions).build();
        return gate.checkObject(FakeRequest.get(), policy, who, object);
    }

    /** Objects are the addresses that may touch them. */
    private record FromAddress() implements Permission {

        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return true;
        }

        @Override
        public boolean allowsObject(AuthRequest request, Authentication authentication, Object object) {
            return request.remoteAddress().equals(object);
        }
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
    void what_hides_an_object_hides_it_from_an_unknown_user_too() {
        assertThat(check(Authentication.anonymous(), "x", new Hiding()))
                .isEqualTo(new Verdict.Denied(Denial.notFound()));
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
