package io.postern.auth.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.Authentication;
import io.postern.auth.Denial;
import io.postern.auth.User;
import io.postern.auth.permission.StandardPermissions.ModelPermissions;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.user.UserRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPermissionsTest {

    private static final User ANN = UserRecord.of("1", "ann");
    private final ModelPermissions notes = StandardPermissions.modelPermissions("app", "note");

    @ParameterizedTest
    @CsvSource({"POST, app.add_note", "PUT, app.change_note", "PATCH, app.change_note", "DELETE, app.delete_note"})
    void each_writing_method_wants_its_own_code(String method, String code) {
        assertThat(notes.allows(FakeRequest.of(method, "/"), who(holding(code))))
                .isTrue();
        for (String other : List.of("app.add_note", "app.change_note", "app.delete_note", "app.view_note")) {
            assertThat(notes.allows(FakeRequest.of(method, "/"), who(holding(other))))
                    .isEqualTo(other.equals(code));
        }
        assertThat(notes.allows(FakeRequest.of(method, "/"), who(ANN))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void reading_wants_stranger_and_no_code(String method) {
        assertThat(notes.allows(FakeRequest.of(method, "/"), who(ANN))).isTrue();
        assertThat(notes.allows(FakeRequest.of(method, "/"), who(User.anonymous())))
                .isFalse();
        assertThat(notes.anonymousReads().allows(FakeRequest.of(method, "/"), who(User.anonymous())))
                .isTrue();
    }

    @Test
    void anonymous_reads_do_not_open_writing() {
        assertThat(notes.anonymousReads().allows(FakeRequest.post(), who(User.anonymous())))
                .isFalse();
    }

    @Test
    void superusers_hold_every_code_unless_inactive() {
        UserRecord.Builder root = UserRecord.builder("2", "root").superuser(true);

        assertThat(notes.allows(FakeRequest.post(), who(root.build()))).isTrue();
        assertThat(notes.allows(FakeRequest.post(), who(root.active(false).build())))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "FOO", "post", "CONNECT"})
    void a_method_outside_the_map_is_405_for_who_is_known(String method) {
        User root = UserRecord.builder("2", "root").superuser(true).build();
        FakeRequest request = FakeRequest.of(method, "/");

        assertThat(notes.allows(request, who(root))).isFalse();
        assertThat(notes.denial(request, who(root))).isEqualTo(Denial.methodNotAllowed(method));
        assertThat(notes.denial(request, who(User.anonymous()))).isEqualTo(Denial.permissionDenied());
        assertThat(notes.denial(FakeRequest.post(), who(root))).isEqualTo(Denial.permissionDenied());
    }

    @Test
    void where_anybody_may_read_a_method_outside_the_map_is_405_for_nobody_too() {
        FakeRequest request = FakeRequest.of("FOO", "/");

        assertThat(notes.anonymousReads().allows(request, who(User.anonymous())))
                .isFalse();
        assertThat(notes.anonymousReads().denial(request, who(User.anonymous())))
                .isEqualTo(Denial.methodNotAllowed("FOO"));
    }

    @Test
    void an_object_refused_to_a_reading_method_is_not_found_though_get_would_be_granted() {
        ModelPermissions viewed = new ModelPermissions(Map.of("GET", List.of("v"), "HEAD", List.of("h")), true, true);
        User reader = new Owner("mine", Set.of("v"));

        assertThat(viewed.allowsObject(FakeRequest.of("HEAD", "/"), who(reader), "mine"))
                .isFalse();
        assertThat(viewed.objectDenial(FakeRequest.of("HEAD", "/"), who(reader), "mine"))
                .isEqualTo(Denial.notFound());
    }

    @Test
    void objects_are_open_until_asked_for() {
        assertThat(notes.allowsObject(FakeRequest.post(), who(ANN), "note")).isTrue();
        assertThat(notes.onObjects().allowsObject(FakeRequest.post(), who(ANN), "note"))
                .isFalse();
        assertThat(notes.onObjects().anonymousReads().asksObjects()).isTrue();
    }

    @Test
    void codes_are_asked_about_the_object_itself() {
        User owner = new Owner("mine", Set.of("app.change_note"));

        assertThat(notes.onObjects().allowsObject(FakeRequest.of("PUT", "/"), who(owner), "mine"))
                .isTrue();
        assertThat(notes.onObjects().allowsObject(FakeRequest.of("PUT", "/"), who(owner), "theirs"))
                .isFalse();
    }

    @Test
    void an_object_that_may_not_be_seen_is_not_found() {
        ModelPermissions viewed =
                new ModelPermissions(Map.of("GET", List.of("v"), "PUT", List.of("v", "c")), true, true);
        User reader = new Owner("mine", Set.of("v"));

        assertThat(viewed.objectDenial(FakeRequest.get(), who(reader), "theirs"))
                .isEqualTo(Denial.notFound());
        assertThat(viewed.objectDenial(FakeRequest.of("PUT", "/"), who(reader), "theirs"))
                .isEqualTo(Denial.notFound());
        assertThat(viewed.objectDenial(FakeRequest.of("PUT", "/"), who(reader), "mine"))
                .isEqualTo(Denial.permissionDenied());
    }

    @Test
    void codes_do_not_change_with_the_lists_they_were_made_of() {
        List<String> codes = new ArrayList<>(List.of("app.add_note"));
        ModelPermissions permission = new ModelPermissions(Map.of("POST", codes), true, false);
        codes.clear();

        assertThat(permission.allows(FakeRequest.post(), who(ANN))).isFalse();
    }

    private static User holding(String code) {
        return UserRecord.builder("1", "ann").permissions(code).build();
    }

    private static Authentication who(User user) {
        return new Authentication(user, Optional.empty(), Optional.empty());
    }

    /** Holds codes about one object only. */
    private record Owner(String owned, Set<String> codes) implements User {

        @Override
        public String id() {
            return "1";
        }

        @Override
        public String username() {
            return "ann";
        }

        @Override
        public boolean hasPermission(String code, Object object) {
            return object.equals(owned) && codes.contains(code);
        }
    }
}
