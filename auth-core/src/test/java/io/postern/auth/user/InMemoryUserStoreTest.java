package io.postern.auth.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the contract of every store does not say. */
class InMemoryUserStoreTest {

    private final InMemoryUserStore users = new InMemoryUserStore();

    @BeforeEach
    void add_ann() {
        users.add(UserRecord.of("1", "ann"), "hash");
    }

    @Test
    void refuses_a_second_user_of_the_same_name() {
        assertThatIllegalArgumentException().isThrownBy(() -> users.add(UserRecord.of("2", "ann"), "other"));

        assertThat(users.findByUsername("ann")).contains(new StoredUser(UserRecord.of("1", "ann"), "hash"));
        assertThat(users.findById("2")).isEmpty();
    }

    @Test
    void refuses_a_second_user_of_the_same_id_and_leaves_the_name_free() {
        assertThatIllegalArgumentException().isThrownBy(() -> users.add(UserRecord.of("1", "bob"), "other"));

        assertThat(users.findByUsername("bob")).isEmpty();
        users.add(UserRecord.of("2", "bob"), "other");
        assertThat(users.findByUsername("bob")).isPresent();
    }

    @Test
    void an_update_changes_the_user_and_keeps_the_hash() {
        UserRecord inactive = UserRecord.builder("1", "ann").active(false).build();

        users.update(inactive);

        assertThat(users.findByUsername("ann")).contains(new StoredUser(inactive, "hash"));
    }

    @Test
    void an_update_may_rename() {
        users.update(UserRecord.of("1", "anna"));

        assertThat(users.findByUsername("anna")).isPresent();
        assertThat(users.findByUsername("ann")).isEmpty();
        users.add(UserRecord.of("2", "ann"), "");
    }

    @Test
    void an_update_may_not_take_another_name() {
        users.add(UserRecord.of("2", "bob"), "");

        assertThatIllegalArgumentException().isThrownBy(() -> users.update(UserRecord.of("1", "bob")));

        assertThat(users.findByUsername("ann")).isPresent();
        assertThat(users.findByUsername("bob")).map(found -> found.user().id()).contains("2");
    }

    @Test
    void refuses_to_change_who_is_not_there() {
        assertThatIllegalArgumentException().isThrownBy(() -> users.update(UserRecord.of("2", "bob")));
        assertThatIllegalArgumentException().isThrownBy(() -> users.setPasswordHash("2", "hash"));
        assertThat(users.findById("2")).isEmpty();
    }

    @Test
    void sets_a_hash_whatever_it_was() {
        users.setPasswordHash("1", "new");

        assertThat(users.findById("1")).map(StoredUser::passwordHash).contains("new");
    }

    @Test
    void a_removed_user_is_gone_and_the_name_free() {
        users.remove("1");
        users.remove("1");

        assertThat(users.findById("1")).isEmpty();
        assertThat(users.findByUsername("ann")).isEmpty();
        users.add(UserRecord.of("2", "ann"), "");
    }

    @Test
    void the_stamp_changes_with_the_password_alone() {
        String before = securityStamp();

        users.update(UserRecord.builder("1", "ann").staff(true).build());
        users.replacePasswordHash("1", "hash", "rehashed");
        assertThat(securityStamp()).isEqualTo(before);

        users.update(UserRecord.of("1", "ann"));
        assertThat(securityStamp()).isEqualTo(before);

        users.setPasswordHash("1", "changed");
        assertThat(securityStamp()).isNotEqualTo(before);
    }

    private String securityStamp() {
        return users.findById("1").orElseThrow().securityStamp();
    }
}
