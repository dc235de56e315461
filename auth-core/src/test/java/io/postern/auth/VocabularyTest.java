package io.postern.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.postern.auth.permission.StandardPermissions;
import io.postern.auth.testing.Users;
import io.postern.auth.user.UserRecord;
import java.time.Duration;
import java.util.ArrayList;
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
    void a_policy_without_a_permission_is_refused_with_the_way_to_make_it_public() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policy.builder().build())
                .withMessageContaining("add allowAny()");
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
    void the_anonymous_user_has_no_name_and_no_permission() {
        User anonymous = User.anonymous();

        assertThat(anonymous.id()).isEmpty();
        assertThat(anonymous.username()).isEmpty();
        assertThat(anonymous.isAuthenticated()).isFalse();
        assertThat(anonymous.isActive()).isFalse();
        assertThat(anonymous.isStaff()).isFalse();
        assertThat(anonymous.isSuperuser()).isFalse();
        assertThat(anonymous.hasPermission("any")).isFalse();
        assertThat(anonymous.hasPermission("any", "object")).isFalse();
    }

    @Test
    void an_anonymous_authentication_is_not_authenticated() {
        Authentication ann = new Authentication(Users.ANN, Optional.empty(), Optional.empty());

        assertThat(ann.isAuthenticated()).isTrue();
        assertThat(Authentication.anonymous().isAuthenticated()).isFalse();
    }

    @Test
    void a_credential_is_returned_if_it_has_the_type() {
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
    void a_wait_is_reported_in_whole_seconds_rounded_up(long millis, String detail) {
        assertThat(Denial.throttled(Optional.of(Duration.ofMillis(millis))).detail())
                .isEqualTo(detail);
    }

    @Test
    void an_unknown_wait_is_omitted() {
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
    void a_handle_without_a_session_has_no_attributes_and_cannot_be_renewed() {
        SessionHandle none = SessionHandle.none();

        assertThat(none.attribute("io.postern.user")).isEmpty();
        none.invalidate();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> none.renew(Map.of()))
                .withMessageContaining("implement AuthRequest.session()");
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
    void a_minimal_request_has_neither_query_nor_session_nor_body_nor_user() {
        AuthRequest bare = new Bare();

        assertThat(bare.rawPath()).isEqualTo("/bare");
        assertThat(bare.query()).isEmpty();
        assertThat(bare.header("Host")).contains("h");
        assertThat(bare.host()).contains("h");
        assertThat(bare.session()).isSameAs(SessionHandle.none());
        assertThat(bare.formField("a")).isEmpty();
        assertThat(bare.remoteUser()).isEmpty();
        assertThat(bare.unwrap(String.class)).isEmpty();
    }

    @Test
    void an_authentication_prints_the_user_id_and_the_authenticator() {
        Authenticator named = new Named();

        assertThat(new Authentication(Users.ANN, Optional.empty(), Optional.of(named)))
                .hasToString("Authentication[1 by Named]");
        assertThat(Authentication.anonymous()).hasToString("Authentication[anonymous]");
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
    }
}
