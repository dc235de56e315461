package io.postern.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.postern.auth.permission.StandardPermissions;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.user.UserRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

    @Test
    void a_policy_without_a_permission_is_refused_and_says_how_to_open_it() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policy.builder().build())
                .withMessageContaining("spell allowAny()");
    }

    @Test
    void a_policy_does_not_change_with_the_lists_it_was_made_of() {
        List<Permission> permissions = new ArrayList<>(List.of(StandardPermissions.denyAll()));
        Policy policy = new Policy(List.of(), permissions, List.of());
        permissions.set(0, StandardPermissions.allowAny());

        assertThat(policy.permissions()).containsExactly(StandardPermissions.denyAll());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> policy.permissions().clear());
    }

    @Test
    void a_policy_does_not_change_with_its_builder() {
        Policy.Builder builder = Policy.builder().permissions(StandardPermissions.denyAll());
        Policy policy = builder.build();
        builder.permissions(StandardPermissions.allowAny());

        assertThat(policy.permissions()).containsExactly(StandardPermissions.denyAll());
        assertThat(policy.toBuilder().build()).isEqualTo(policy);
    }

    @Test
    void null_permissions_and_authenticators_are_refused() {
        List<Permission> holes = new ArrayList<>();
        holes.add(null);

        assertThatNullPointerException()
                .isThrownBy(() -> Policy.builder().permissions(holes).build());
        assertThatNullPointerException()
                .isThrownBy(() -> Policy.builder()
                        .permissions(StandardPermissions.allowAny())
                        .authenticators((Authenticator) null)
                        .build());
    }

    @Test
    void an_anonymous_user_cannot_be_authenticated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthResult.authenticated(User.anonymous()))
                .withMessageContaining("notAttempted()");
        assertThatNullPointerException().isThrownBy(() -> AuthResult.authenticated(null));
        assertThatNullPointerException().isThrownBy(() -> AuthResult.rejected(null));
    }

    @Test
    void the_anonymous_user_is_nobody_and_may_nothing() {
        User nobody = User.anonymous();

        assertThat(nobody.id()).isEmpty();
        assertThat(nobody.username()).isEmpty();
        assertThat(nobody.isAuthenticated()).isFalse();
        assertThat(nobody.isActive()).isFalse();
        assertThat(nobody.isStaff()).isFalse();
        assertThat(nobody.isSuperuser()).isFalse();
        assertThat(nobody.hasPermission("any")).isFalse();
        assertThat(nobody.hasPermission("any", "object")).isFalse();
    }

    @Test
    void an_authentication_is_found_among_attributes() {
        Authentication ann = new Authentication(Users.ANN, Optional.empty(), Optional.empty());
        Map<String, Object> attributes = Map.of(Authentication.ATTRIBUTE, ann);

        assertThat(Authentication.of(attributes::get)).isSameAs(ann);
        assertThat(ann.isAuthenticated()).isTrue();
        assertThat(Authentication.anonymous().isAuthenticated()).isFalse();
    }

    @Test
    void a_missing_authentication_is_no_anonymous_one() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Authentication.of(new HashMap<String, Object>()::get))
                .withMessageContaining("map the AuthFilter");
        assertThatIllegalStateException().isThrownBy(() -> Authentication.of(name -> "something else"));
    }

    @Test
    void a_credential_is_told_by_its_type() {
        Authentication ann = new Authentication(Users.ANN, Optional.of("text"), Optional.empty());

        assertThat(ann.credential(String.class)).contains("text");
        assertThat(ann.credential(Integer.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1000, Request was throttled. Expected available in 1 second.",
        "1, Request was throttled. Expected available in 1 second.",
        "0, Request was throttled. Expected available in 0 seconds.",
        "59001, Request was throttled. Expected available in 60 seconds."
    })
    void a_wait_is_told_in_whole_seconds_rounded_up(long millis, String detail) {
        assertThat(Denial.throttled(Optional.of(Duration.ofMillis(millis))).detail())
                .isEqualTo(detail);
    }

    @Test
    void an_unknown_wait_is_not_told() {
        assertThat(Denial.throttled(Optional.empty()).detail()).isEqualTo("Request was throttled.");
        assertThat(Denial.throttled(Optional.empty()).retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 200, 302, 399, 600})
    void a_denial_has_a_status_of_an_error(int status) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Denial.of(status, "x", "x"))
                .withMessageContaining("from 400 to 599");
    }

    @Test
    void a_denial_cannot_be_changed() {
        Denial denial = Denial.notFound().withMember("code", "x");

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> denial.members().put("a", "b"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> denial.challenges().add(Challenge.of("x")));
        assertThat(Denial.notFound().members()).isEmpty();
    }

    @Test
    void a_thrown_denial_shows_its_code_alone() {
        Denial denial = Denial.permissionDenied("Some text.", "some_code");

        assertThat(new DeniedException(denial)).hasMessage("some_code");
        assertThat(new DeniedException(denial).denial()).isEqualTo(denial);
    }

    @Test
    void a_request_without_sessions_holds_nothing_and_says_so() {
        SessionHandle none = SessionHandle.none();

        assertThat(none.attribute("io.postern.user")).isEmpty();
        none.invalidate();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> none.renew(Map.of()))
                .withMessageContaining("implement AuthRequest.session()");
    }

    @Test
    void a_wrapper_answers_as_the_wrapped_request_does() {
        FakeRequest inner = FakeRequest.of("PUT", "/a")
                .rawPath("/%61")
                .header("Host", "h")
                .cookie("c", "1")
                .formField("f", "2")
                .remoteUser("ann")
                .overTls();
        AuthRequest.Wrapper wrapper = () -> inner;

        assertThat(wrapper.method()).isEqualTo("PUT");
        assertThat(wrapper.path()).isEqualTo("/a");
        assertThat(wrapper.rawPath()).isEqualTo("/%61");
        assertThat(wrapper.host()).contains("h");
        assertThat(wrapper.headers("host")).containsExactly("h");
        assertThat(wrapper.cookies("c")).containsExactly("1");
        assertThat(wrapper.formField("f")).contains("2");
        assertThat(wrapper.remoteUser()).contains("ann");
        assertThat(wrapper.remoteAddress()).isEqualTo("192.0.2.1");
        assertThat(wrapper.isSecure()).isTrue();
        assertThat(wrapper.session()).isSameAs(inner.session());
    }

    @Test
    void each_call_of_a_policys_builder_replaces_what_was_set_before() {
        Authenticator one = request -> AuthResult.notAttempted();
        Authenticator two = request -> AuthResult.notAttempted();
        Throttle slow = (request, who) -> new Throttle.Admission.Refused(Optional.empty());
        Throttle slower = (request, who) -> new Throttle.Admission.Refused(Optional.empty());

        Policy policy = Policy.builder()
                .authenticators(one)
                .permissions(StandardPermissions.allowAny())
                .throttles(slow)
                .build()
                .toBuilder()
                .authenticators(two)
                .permissions(StandardPermissions.denyAll())
                .throttles(slower)
                .build();

        assertThat(policy).isEqualTo(new Policy(List.of(two), List.of(StandardPermissions.denyAll()), List.of(slower)));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 599})
    void a_denial_may_have_any_status_of_an_error(int status) {
        assertThat(Denial.of(status, "x", "x").status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"true, true, true", "true, false, false", "false, true, false", "false, false, false"})
    void permissions_on_objects_are_held_by_active_superusers_alone(boolean active, boolean superuser, boolean held) {
        User user = UserRecord.builder("3", "eve")
                .active(active)
                .superuser(superuser)
                .permissions(Set.of("app.change_note"))
                .build();

        assertThat(user.hasPermission("app.change_note", "object")).isEqualTo(held);
    }

    @Test
    void a_request_that_says_no_more_than_it_must_has_neither_session_nor_body_nor_user() {
        AuthRequest bare = new Bare();

        assertThat(bare.rawPath()).isEqualTo("/bare");
        assertThat(bare.header("Host")).contains("h");
        assertThat(bare.host()).contains("h");
        assertThat(bare.session()).isSameAs(SessionHandle.none());
        assertThat(bare.formField("a")).isEmpty();
        assertThat(bare.remoteUser()).isEmpty();
        assertThat(bare.unwrap(String.class)).isEmpty();
    }

    @Test
    void a_wrapper_unwraps_what_the_wrapped_request_unwraps() {
        AuthRequest.Wrapper wrapper = Bare.Unwrapping::new;

        assertThat(wrapper.unwrap(String.class)).contains("the framework's own");
    }

    @Test
    void an_authentication_prints_who_and_by_whom() {
        Authenticator named = new Named();

        assertThat(new Authentication(Users.ANN, Optional.empty(), Optional.of(named)))
                .hasToString("Authentication[1 by Named]");
        assertThat(Authentication.anonymous()).hasToString("Authentication[ by nobody]");
    }

    private record Named() implements Authenticator {
        @Override
        public AuthResult authenticate(AuthRequest request) {
            return AuthResult.notAttempted();
        }
    }

    /** Implements what has no default. */
    private record Bare() implements AuthRequest {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/bare";
        }

        @Override
        public List<String> headers(String name) {
            return List.of("h");
        }

        @Override
        public List<String> cookies(String name) {
            return List.of();
        }

        @Override
        public String remoteAddress() {
            return "192.0.2.1";
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        record Unwrapping() implements Wrapper {
            @Override
            public AuthRequest wrapped() {
                return new Bare();
            }

            @Override
            public <T> Optional<T> unwrap(Class<T> type) {
                return Optional.of(type.cast("the framework's own"));
            }
        }
    }
}
