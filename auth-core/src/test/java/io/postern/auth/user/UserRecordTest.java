package io.postern.auth.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.postern.auth.User;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UserRecordTest {

    @Test
    void a_new_user_is_active_and_may_nothing() {
        User user = UserRecord.of("1", "ann");

        assertThat(user.isActive()).isTrue();
        assertThat(user.isStaff()).isFalse();
        assertThat(user.isSuperuser()).isFalse();
        assertThat(user.permissions()).isEmpty();
        assertThat(user.roles()).isEmpty();
        assertThat(user.getName()).isEqualTo("ann");
    }

    @Test
    void the_builder_sets_every_value() {
        User user = UserRecord.builder("1", "ann")
                .active(false)
                .staff(true)
                .superuser(true)
                .permissions("app.change_note")
                .roles("editors")
                .build();

        assertThat(user)
                .isEqualTo(new UserRecord("1", "ann", false, true, true, Set.of("app.change_note"), Set.of("editors")));
        assertThat(user.isActive()).isFalse();
        assertThat(user.isStaff()).isTrue();
        assertThat(user.isSuperuser()).isTrue();
    }

    @Test
    void a_builder_from_a_user_keeps_what_is_not_changed() {
        UserRecord ann = UserRecord.builder("1", "ann")
                .staff(true)
                .superuser(true)
                .permissions("p")
                .roles("r")
                .build();

        assertThat(UserRecord.from(ann).build()).isEqualTo(ann);
        assertThat(UserRecord.from(ann).active(false).build())
                .isEqualTo(new UserRecord("1", "ann", false, true, true, Set.of("p"), Set.of("r")));
    }

    @Test
    void the_permissions_do_not_change_with_the_set_they_came_from() {
        Set<String> codes = new HashSet<>(Set.of("a"));
        UserRecord user = UserRecord.builder("1", "ann").permissions(codes).build();

        codes.add("b");

        assertThat(user.permissions()).containsExactly("a");
    }

    @Test
    void refuses_a_user_who_would_be_nobody() {
        assertThatIllegalArgumentException().isThrownBy(() -> UserRecord.of("", "ann"));
        assertThatIllegalArgumentException().isThrownBy(() -> UserRecord.of("1", ""));
        assertThatNullPointerException().isThrownBy(() -> UserRecord.of(null, "ann"));
    }
}
