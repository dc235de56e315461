package io.postern.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2HasherTest {

    private static final String SALT = "MDEyMzQ1Njc4OWFiY2RlZg";
    private static final String TAG = "nf7iqqp5rEG1HV+G6k8C4z4M951sDT2onIeboOx2tNc";
    private static final String STORED = "$argon2id$v=19$m=64,t=3,p=1$" + SALT + "$" + TAG;
    private static final Password RIGHT = Password.of("pässwörd-🐴");

    private final List<Argon2Cost> costsRun = new ArrayList<>();
    private final PasswordHasher hasher = PasswordHasher.argon2id(64, 3, 1);
    private final PasswordHasher counting =
            new Argon2Hasher(new Argon2Cost(1_000, 4, 1), (cost, salt, password, length) -> {
                costsRun.add(cost);
                return new byte[length];
            });

    /** Made with the reference implementation in C; the second and third are in its own test suite. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "pässwörd-🐴 " + STORED,
                "password $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "password $argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
                "password $argon2id$v=19$m=64,t=1,p=4$MDEyMzQ1Njc4OWFiY2RlZg$qp4ikOAoSb9ug6x7QPaVfg",
            })
    void verifies_what_the_reference_implementation_wrote(String password, String stored) {
        assertThat(hasher.verify(Password.of(password), stored)).isTrue();
        assertThat(hasher.verify(Password.of(password + " "), stored)).isFalse();
    }

    /** Django 3.2 to 5.2. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "correct horse 9, \"argon2$argon2id$v=19$m=102400,t=2,p=8$TkdTTUo3a1Y0YzVjeldXU1V5VlJXOA$bcLSDXKlXyONKNUhvD3Mug\"",
                "pässwörd ☃ 𝄞, \"argon2$argon2id$v=19$m=102400,t=2,p=8$WjVhbWYyMVBQQ2t4a2lwQ3RDZUNjZQ$APEb7wg5QKmP/s7Pjqg2KA\"",
                "correct horse 9, \"argon2$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$czBZertpfA3mGtGtkPFbn2WOoat7TW4jYB9Dpv4EugM\"",
            })
    void verifies_what_django_wrote(String password, String stored) {
        assertThat(hasher.recognises(stored)).isTrue();
        assertThat(hasher.verify(Password.of(password), stored)).isTrue();
        assertThat(hasher.verify(Password.of(password + "x"), stored)).isFalse();
    }

    @Test
    void a_hash_in_the_form_of_django_stays_unless_it_is_weaker_and_is_replaced_by_a_phc_string() {
        String djangos = "argon2$argon2id$v=19$m=102400,t=2,p=8$TkdTTUo3a1Y0YzVjeldXU1V5VlJXOA$bcLSDXKlXyONKNUhvD3Mug";

        assertThat(PasswordHasher.argon2id().needsRehash(djangos)).isFalse();
        assertThat(hasher.needsRehash("argon2" + STORED)).isFalse();
        assertThat(counting.needsRehash("argon2" + STORED)).isTrue();
        assertThat(counting.hash(RIGHT)).startsWith("$argon2id$");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "argon2$argon2i$v=19$m=512,t=2,p=2$YWJjZGVmZ2hpamts$z3YQ2b4N7z4A7cU/Wi0CzA",
                "argon2$argon2id$v=19$m=262145,t=1,p=1$" + SALT + "$" + TAG,
                "argon2$argon2id$v=19$m=64,t=11,p=1$" + SALT + "$" + TAG,
                "argon2$argon2id$v=19$m=102400,t=2,p=9$" + SALT + "$" + TAG,
                "argon2argon2" + STORED,
                "argon2$" + STORED,
                "Argon2" + STORED,
                "argon2"
            })
    void other_kinds_and_excessive_costs_in_the_form_of_django_are_refused_before_any_work(String stored) {
        assertThat(counting.recognises(stored)).isFalse();
        assertThat(counting.verify(RIGHT, stored)).isFalse();
        assertThat(costsRun).isEmpty();
    }

    @Test
    void verifies_a_hash_of_the_default_parameters() {
        String stored = "$argon2id$v=19$m=19456,t=2,p=1$" + SALT + "$69I7qCjDTsQwhQqFvpQJiqEI0lGQvxC84fXE0Ktxca4";

        assertThat(hasher.verify(Password.of("correct horse battery"), stored)).isTrue();
    }

    @Test
    void the_default_is_19_mib_two_passes_and_one_lane() {
        String one = PasswordHasher.argon2id().hash(Password.of("pw"));

        assertThat(one).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    }

    @Test
    void salts_anew_each_time() {
        assertThat(hasher.hash(RIGHT)).isNotEqualTo(hasher.hash(RIGHT));
    }

    @ParameterizedTest
    @CsvSource({"7,1,1", "15,1,2", "262145,1,1", "64,0,1", "64,11,1", "64,1,0", "262144,1,9", "-1,1,1"})
    void refuses_parameters_out_of_bounds(int memory, int iterations, int lanes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordHasher.argon2id(memory, iterations, lanes))
                .withMessageContaining("m=" + memory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"m=262144,t=1,p=1", "m=64,t=10,p=8", "m=8,t=1,p=1"})
    void takes_parameters_at_the_bounds(String cost) {
        assertThat(counting.recognises("$argon2id$v=19$" + cost + "$" + SALT + "$" + TAG))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=4194304,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=262145,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=7,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=99999999999,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=64,t=11,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=64,t=0,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=128,t=3,p=9$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=064,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=16$m=64,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2id$m=64,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2i$v=19$m=64,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$t=3,m=64,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=64,t=3,p=1$MDEy$" + TAG,
                "$argon2id$v=19$m=64,t=3,p=1$MDEyMzQ1Njc4O$" + TAG,
                "$argon2id$v=19$m=64,t=3,p=1$" + SALT + "==$" + TAG,
                "$argon2id$v=19$m=64,t=3,p=1$" + SALT + "$nf7i",
                "$argon2id$v=19$m=64,t=3,p=1$" + SALT + "$" + "AAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=64,t=3,p=1$" + SALT + "$",
                "$argon2id$v=19$m=64,t=3,p=1$" + SALT + "$" + TAG + "\n",
                "$argon2id$",
                "",
            })
    void what_is_damaged_foreign_or_beyond_bounds_is_false_without_work(String stored) {
        assertThat(counting.recognises(stored)).isFalse();
        assertThat(counting.verify(RIGHT, stored)).isFalse();
        assertThat(counting.needsRehash(stored)).isTrue();
        counting.topUp(RIGHT, stored);
        assertThat(costsRun).isEmpty();
    }

    @Test
    void salts_and_tags_beyond_bounds_are_false_without_work() {
        assertThat(counting.verify(RIGHT, "$argon2id$v=19$m=64,t=3,p=1$" + SALT + "$" + "A".repeat(88)))
                .isFalse();
        assertThat(counting.verify(RIGHT, "$argon2id$v=19$m=64,t=3,p=1$" + "A".repeat(1_000_000) + "$" + TAG))
                .isFalse();
        assertThat(costsRun).isEmpty();
    }

    @Test
    void another_spelling_of_the_same_salt_or_tag_is_false() {
        assertThat(hasher.verify(RIGHT, STORED)).isTrue();
        assertThat(hasher.verify(RIGHT, STORED.replace("RlZg$", "RlZh$"))).isFalse();
        assertThat(hasher.verify(RIGHT, STORED.substring(0, STORED.length() - 1) + "d"))
                .isFalse();
    }

    @Test
    void tops_up_the_work_that_a_weaker_hash_spares_within_the_memory_of_today() {
        counting.topUp(RIGHT, "$argon2id$v=19$m=500,t=2,p=1$" + SALT + "$" + TAG);

        assertThat(costsRun).containsExactly(new Argon2Cost(750, 4, 1));
    }

    @Test
    void tops_up_a_tiny_difference_with_the_least_that_can_be_run() {
        counting.topUp(RIGHT, "$argon2id$v=19$m=999,t=4,p=1$" + SALT + "$" + TAG);

        assertThat(costsRun).containsExactly(new Argon2Cost(8, 4, 1));
    }

    @Test
    void tops_up_a_tiny_difference_with_enough_memory_for_every_lane() {
        PasswordHasher lanes = new Argon2Hasher(new Argon2Cost(1_000, 4, 2), (cost, salt, password, length) -> {
            costsRun.add(cost);
            return new byte[length];
        });

        lanes.topUp(RIGHT, "$argon2id$v=19$m=999,t=4,p=2$" + SALT + "$" + TAG);

        assertThat(costsRun).containsExactly(new Argon2Cost(16, 4, 2));
    }

    @Test
    void a_hash_of_todays_cost_or_more_needs_no_top_up() {
        counting.topUp(RIGHT, "$argon2id$v=19$m=1000,t=4,p=1$" + SALT + "$" + TAG);
        counting.topUp(RIGHT, "$argon2id$v=19$m=262144,t=10,p=8$" + SALT + "$" + TAG);

        assertThat(costsRun).isEmpty();
    }

    @Test
    void tops_up_to_the_most_work_that_was_verified_within_its_memory() {
        counting.verify(RIGHT, text("m=2000,t=5,p=2"));
        counting.verify(RIGHT, text("m=4000,t=2,p=1"));
        costsRun.clear();

        counting.topUp(RIGHT, text("m=500,t=2,p=1"));
        counting.topUp(RIGHT, text("m=1000,t=4,p=1"));
        counting.topUp(RIGHT, text("m=2000,t=5,p=2"));

        assertThat(costsRun).containsExactly(new Argon2Cost(1_800, 5, 2), new Argon2Cost(1_200, 5, 2));
    }

    @Test
    void tops_up_the_cheapest_to_the_dearest_that_may_be_stored() {
        counting.verify(RIGHT, text("m=262144,t=10,p=8"));
        costsRun.clear();

        counting.topUp(RIGHT, text("m=8,t=1,p=1"));

        assertThat(costsRun).containsExactly(new Argon2Cost(262_143, 10, 8));
    }

    @Test
    void what_was_not_verified_does_not_raise_the_top_up() {
        counting.verify(RIGHT, text("m=262145,t=10,p=8"));
        counting.verify(Password.of(""), text("m=2000,t=5,p=2"));
        counting.recognises(text("m=2000,t=5,p=2"));
        counting.topUp(RIGHT, text("m=2000,t=5,p=2"));

        counting.topUp(RIGHT, text("m=1000,t=4,p=1"));

        assertThat(costsRun).isEmpty();
    }

    @Test
    void weaker_parameters_need_a_rehash_and_stronger_do_not() {
        assertThat(hasher.needsRehash(STORED)).isFalse();
        assertThat(hasher.needsRehash(STORED.replace("m=64", "m=65"))).isFalse();
        assertThat(hasher.needsRehash(STORED.replace("m=64", "m=63"))).isTrue();
        assertThat(hasher.needsRehash(STORED.replace("t=3", "t=2"))).isTrue();
        assertThat(hasher.needsRehash(STORED.replace(SALT, "c29tZXNhbHQ"))).isTrue();
        assertThat(hasher.needsRehash(STORED.replace(TAG, "qp4ikOAoSb9ug6x7QPaVfg")))
                .isTrue();
    }

    /** STORED is 64 KiB three times: 192 KiB of work. */
    @ParameterizedTest
    @CsvSource({
        "'m=192,t=1,p=1', false",
        "'m=191,t=1,p=1', true",
        "'m=32,t=6,p=1', true",
        "'m=32,t=7,p=1', false",
        "'m=96,t=2,p=1', false",
        "'m=64,t=3,p=2', false",
    })
    void a_rehash_never_lowers_the_work(String cost, boolean rehash) {
        assertThat(hasher.needsRehash(text(cost))).isEqualTo(rehash);
    }

    @Test
    void a_short_salt_or_tag_is_kept_where_its_work_is_above_todays() {
        assertThat(hasher.needsRehash(text("m=65,t=3,p=1").replace(SALT, "c29tZXNhbHQ")))
                .isFalse();
        assertThat(hasher.needsRehash(text("m=65,t=3,p=1").replace(TAG, "qp4ikOAoSb9ug6x7QPaVfg")))
                .isFalse();
    }

    @Test
    void the_empty_password_is_never_hashed_and_never_right() {
        assertThatIllegalArgumentException().isThrownBy(() -> counting.hash(Password.of("")));
        assertThat(counting.verify(Password.of(""), STORED)).isFalse();
        assertThat(costsRun).isEmpty();
    }

    private static String text(String cost) {
        return "$argon2id$v=19$" + cost + "$" + SALT + "$" + TAG;
    }
}
