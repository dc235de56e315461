package io.postern.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JdbcUserStoreTest {

    private static final UserRecord ANN = UserRecord.builder("1", "ann")
            .permissions("app.add_note", "app.change_note")
            .roles("editors")
            .build();

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void adds_no_second_user_of_an_id_or_a_name(TestDatabase database) {
        JdbcUserStore users = database.empty("users_").users();
        users.add(ANN, "hash");

        assertThatIllegalArgumentException().isThrownBy(() -> users.add(UserRecord.of("1", "bob"), ""));
        assertThatIllegalArgumentException().isThrownBy(() -> users.add(UserRecord.of("2", "ann"), ""));

        assertThat(users.findById("1")).contains(new StoredUser(ANN, "hash"));
        assertThat(users.findByUsername("bob")).isEmpty();
        assertThat(users.findById("2")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void updates_all_but_the_hash(TestDatabase database) {
        JdbcUserStore users = database.empty("users_").users();
        users.add(ANN, "hash");
        users.add(UserRecord.of("2", "bob"), "");
        UserRecord changed = UserRecord.builder("1", "anna")
                .active(false)
                .staff(true)
                .superuser(true)
                .permissions("app.change_note")
                .build();

        users.update(changed);
        users.update(changed);

        assertThat(users.findById("1"))
                .contains(new StoredUser(changed, "hash", new StoredUser(ANN, "hash").securityStamp()));
        assertThat(users.findByUsername("ann")).isEmpty();
        assertThat(users.findByUsername("anna")).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> users.update(UserRecord.of("1", "bob")));
        assertThatIllegalArgumentException().isThrownBy(() -> users.update(UserRecord.of("3", "carl")));
        assertThat(users.findById("1").orElseThrow().user()).isEqualTo(changed);
        assertThat(users.findById("3")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void gives_another_stamp_with_another_password_and_none_with_another_hash(TestDatabase database) {
        JdbcUserStore users = database.empty("users_").users();
        users.add(ANN, "hash");
        String securityStamp = users.findById("1").orElseThrow().securityStamp();

        assertThat(users.replacePasswordHash("1", "hash", "renewed")).isTrue();
        assertThat(users.findById("1")).contains(new StoredUser(ANN, "renewed", securityStamp));

        users.setPasswordHash("1", "other");
        users.setPasswordHash("1", "other");
        assertThat(users.findById("1")).contains(new StoredUser(ANN, "other"));
        assertThat(users.findById("1").orElseThrow().securityStamp()).isNotEqualTo(securityStamp);
        assertThatIllegalArgumentException().isThrownBy(() -> users.setPasswordHash("2", "hash"));
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void removes_a_user_with_all_grants(TestDatabase database) {
        JdbcUserStore users = database.empty("users_").users();
        users.add(ANN, "hash");

        users.remove("1");
        users.remove("1");

        assertThat(users.findById("1")).isEmpty();
        users.add(UserRecord.of("1", "ann"), "");
        assertThat(users.findById("1").orElseThrow().user().permissions()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void finds_a_user_of_thousands_of_permissions(TestDatabase database) {
        JdbcUserStore users = database.empty("users_").users();
        String[] codes = new String[2_000];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = "app.permission_" + i;
        }
        UserRecord king = UserRecord.builder("1", "king").permissions(codes).build();
        users.add(king, "");

        assertThat(users.findByUsername("king").orElseThrow().user()).isEqualTo(king);
    }
}
