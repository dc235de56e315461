package io.postern.auth.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.Authentication;
import io.postern.auth.Permission;
import io.postern.auth.User;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.user.UserRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardPermissionsTest {

    private static final User PLAIN = UserRecord.of("1", "ann");
    private static final User STAFF = UserRecord.builder("2", "sam").staff(true).build();
    private static final User SUPER =
            UserRecord.builder("3", "sue").superuser(true).build();

    @Test
    void allow_any_allows_and_deny_all_denies() {
        assertThat(allows(StandardPermissions.allowAny(), "DELETE", User.anonymous()))
                .isTrue();
        assertThat(allows(StandardPermissions.denyAll(), "GET", SUPER)).isFalse();
    }

    @Test
    void is_authenticated_wants_stranger() {
        assertThat(allows(StandardPermissions.isAuthenticated(), "GET", PLAIN)).isTrue();
        assertThat(allows(StandardPermissions.isAuthenticated(), "GET", User.anonymous()))
                .isFalse();
    }

    @Test
    void is_admin_looks_at_the_staff_flag_alone() {
        assertThat(allows(StandardPermissions.isAdmin(), "GET", STAFF)).isTrue();
        assertThat(allows(StandardPermissions.isAdmin(), "GET", SUPER)).isFalse();
        assertThat(allows(StandardPermissions.isAdmin(), "GET", User.anonymous()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void three_methods_read(String method) {
        assertThat(allows(StandardPermissions.isReadOnly(), method, User.anonymous()))
                .isTrue();
        assertThat(allows(StandardPermissions.isAuthenticatedOrReadOnly(), method, User.anonymous()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "TRACE", "FOO", "get", "Head", "GET ", "", "PROPFIND"})
    void every_other_method_writes(String method) {
        assertThat(allows(StandardPermissions.isReadOnly(), method, SUPER)).isFalse();
        assertThat(allows(StandardPermissions.isAuthenticatedOrReadOnly(), method, User.anonymous()))
                .isFalse();
        assertThat(allows(StandardPermissions.isAuthenticatedOrReadOnly(), method, PLAIN))
                .isTrue();
    }

    @Test
    void has_role_wants_one_of_the_roles_exactly() {
        Permission permission = StandardPermissions.hasRole("admin", "editor");

        assertThat(allows(permission, "GET", holding("editor"))).isTrue();
        assertThat(allows(permission, "GET", holding("reader", "admin"))).isTrue();
        assertThat(allows(permission, "GET", holding("Admin"))).isFalse();
        assertThat(allows(permission, "GET", holding("administrator"))).isFalse();
        assertThat(allows(permission, "GET", holding("edıtor"))).isFalse();
        assertThat(allows(permission, "GET", holding())).isFalse();
        assertThat(allows(permission, "GET", SUPER)).isFalse();
        assertThat(allows(permission, "GET", User.anonymous())).isFalse();
    }

    @Test
    void roles_are_compared_without_the_machines_language() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(allows(StandardPermissions.hasRole("ADMIN"), "GET", holding("admin")))
                    .isFalse();
            assertThat(allows(StandardPermissions.isReadOnly(), "OPTıONS", PLAIN))
                    .isFalse();
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void has_role_without_roles_says_what_to_use() {
        assertThatIllegalArgumentException()
                .isThrownBy(StandardPermissions::hasRole)
                .withMessageContaining("use denyAll()");
    }

    @Test
    void has_role_takes_no_blank_name() {
        for (String blank : List.of("", " ")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StandardPermissions.hasRole("admin", blank))
                    .withMessageContaining("must not be blank");
        }
    }

    @Test
    void has_role_does_not_change_with_the_set_it_was_made_of() {
        Set<String> roles = new HashSet<>(Set.of("admin"));
        HasRole permission = new HasRole(roles);
        roles.add("guest");

        assertThat(allows(permission, "GET", holding("guest"))).isFalse();
    }

    private static User holding(String... roles) {
        return UserRecord.builder("9", "rob").roles(roles).build();
    }

    private static boolean allows(Permission permission, String method, User user) {
        Authentication who = new Authentication(user, Optional.empty(), Optional.empty());
        return permission.allows(FakeRequest.of(method, "/"), who);
    }
}
