package io.postern.auth.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredUserTest {

    private static final UserRecord ANN = UserRecord.of("1", "ann");

    @Test
    void never_shows_the_hash() {
        assertThat(new StoredUser(ANN, "pbkdf2_sha256$1$salt$tag")).hasToString("StoredUser[1, ***]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "!abcdef"})
    void an_empty_or_marked_hash_is_not_usable(String hash) {
        assertThat(new StoredUser(ANN, hash).hasUsablePassword()).isFalse();
    }

    @Test
    void any_other_hash_is_usable() {
        assertThat(new StoredUser(ANN, "hash").hasUsablePassword()).isTrue();
    }

    @Test
    void the_stamp_follows_from_the_hash_without_telling_it() {
        StoredUser stored = new StoredUser(ANN, "hash");

        assertThat(stored.securityStamp())
                .isEqualTo(new StoredUser(ANN, "hash").securityStamp())
                .isNotEqualTo(new StoredUser(ANN, "other").securityStamp())
                .doesNotContain("hash")
                .hasSize(32);
    }

    @Test
    void another_hash_of_the_same_password_keeps_the_stamp() {
        assertThat(new StoredUser(ANN, "old", "stamp").withPasswordHash("new"))
                .isEqualTo(new StoredUser(ANN, "new", "stamp"));
    }

    @Test
    void refuses_null() {
        assertThatNullPointerException().isThrownBy(() -> new StoredUser(ANN, null));
        assertThatNullPointerException().isThrownBy(() -> new StoredUser(null, ""));
        assertThatNullPointerException().isThrownBy(() -> new StoredUser(ANN, "", null));
    }
}
