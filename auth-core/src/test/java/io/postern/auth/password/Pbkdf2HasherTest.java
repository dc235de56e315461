package io.postern.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Pbkdf2HasherTest {

    private static final String TAG = "aBm4uY4jZf2x72gSisq0kzQQEUFlWLg97QePB5JGpBY=";
    private static final String DJANGO = "pbkdf2_sha256$1000$seasalt2seasalt2seasal$" + TAG;

    private final List<Integer> iterationsRun = new ArrayList<>();
    private final PasswordHasher hasher = PasswordHasher.pbkdf2(1_000);
    private final PasswordHasher counting = new Pbkdf2Hasher(3_000, (password, salt, iterations) -> {
        iterationsRun.add(iterations);
        return new byte[32];
    });

    /** Made with Django and with Python's {@code hashlib.pbkdf2_hmac}. */
    @ParameterizedTest
    @CsvSource({
        "password, pbkdf2_sha256$1$salt$Eg+2z/z4syxD5yJSVsT4N6hlSMkszDVICAWYfLcL4Xs=",
        "lètmein, " + DJANGO,
        "pässwörd-🐴, pbkdf2_sha256$1000$k3mQw8ZtYr1bVnXc5dLp7s$HnGVaRU9BCqN2Ofm2SMxz66VD3mIpZUEC2UHfcbIbKQ=",
        "correct horse battery,"
                + " pbkdf2_sha256$600000$k3mQw8ZtYr1bVnXc5dLp7s$5nAEgvlVqWIoQybxwvuxlWseEFrFMNIx/IvctFVdbkA=",
    })
    void verifies_what_django_wrote(String password, String stored) {
        assertThat(hasher.verify(Password.of(password), stored)).isTrue();
        assertThat(hasher.verify(Password.of(password + " "), stored)).isFalse();
    }

    /** Wycheproof, pbkdf2_hmacsha256_test.json, cut to the first block of its output. */
    @ParameterizedTest
    @CsvSource({
        "706173737764, 73616c74, 1, 55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc",
        "50617373776f7264, 4e61436c, 80000, 4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56",
        "5a30673349567272, 84bbd18de5ec10ff, 4096, 05fd57d1cc373fa9f37e1857ac1c0af8fbf635e139a42f9dd25a4e4b4698ea13",
        "7439315572766f47, 5d76db9ca0f0bae2, 4096, 2a3974a8071f005997c00d33812d8cf52e6af76a7ac558bf5dedeb296464bccf",
        "d0bcccab64cf9a, 15187b0393d8a441, 4096, 6a6287564b66b1f08bfabdfe2907b870b8c6ad8071efd78a7302c9472d7b80fb",
        "c4bddd8f4ad69d, 775bde4bd6e40ddd, 4096, 7e52e8694056266a7da6527dac089f921298dfc497020eecee58d73fd123deb9",
    })
    void agrees_with_wycheproof(String password, String salt, int iterations, String tag) {
        HexFormat hex = HexFormat.of();
        String text = new String(hex.parseHex(password), StandardCharsets.UTF_8);

        assertThat(Pbkdf2Hasher.tag(Password.of(text), hex.parseHex(salt), iterations))
                .isEqualTo(hex.parseHex(tag));
    }

    @Test
    void writes_djangos_form_with_a_new_salt_each_time() {
        String one = hasher.hash(Password.of("pw"));
        String other = hasher.hash(Password.of("pw"));

        assertThat(one).matches("pbkdf2_sha256\\$1000\\$[a-zA-Z0-9]{22}\\$[A-Za-z0-9+/]{43}=");
        assertThat(other).isNotEqualTo(one);
    }

    @Test
    void the_default_is_600_000_iterations() {
        assertThat(PasswordHasher.pbkdf2().hash(Password.of("pw"))).startsWith("pbkdf2_sha256$600000$");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 999, 5_000_001})
    void refuses_iterations_out_of_bounds(int iterations) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordHasher.pbkdf2(iterations))
                .withMessageContaining("1000");
    }

    @Test
    void takes_as_many_iterations_as_five_million() {
        PasswordHasher most = PasswordHasher.pbkdf2(5_000_000);
        String stored = "pbkdf2_sha256$5000000$seasalt2seasalt2seasal$" + TAG;

        assertThat(most.recognises(stored)).isTrue();
        assertThat(most.needsRehash(stored)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pbkdf2_sha256$5000001$salt$" + TAG,
                "pbkdf2_sha256$99999999999999999999$salt$" + TAG,
                "pbkdf2_sha256$0$salt$" + TAG,
                "pbkdf2_sha256$-1000$salt$" + TAG,
                "pbkdf2_sha256$01000$salt$" + TAG,
                "pbkdf2_sha256$1000$$" + TAG,
                "pbkdf2_sha256$1000$sa$lt$" + TAG,
                "pbkdf2_sha256$1000$salt$" + TAG + "=",
                "pbkdf2_sha256$1000$salt$" + TAG + "\n",
                "pbkdf2_sha256$1000$salt$aBm4uY4j",
                "pbkdf2_sha256$1000$salt$",
                "pbkdf2_sha1$1$salt$DGDID5YfDnHzqbUkr2ASBi/gN6Y=",
                "PBKDF2_sha256$1000$salt$" + TAG,
                "md5$salt$67a1e09bb1f83f5007dc119c14d663aa",
                "password",
            })
    void what_is_damaged_foreign_or_beyond_bounds_is_false_without_work(String stored) {
        assertThat(counting.recognises(stored)).isFalse();
        assertThat(counting.verify(Password.of("password"), stored)).isFalse();
        assertThat(counting.needsRehash(stored)).isTrue();
        counting.topUp(Password.of("password"), stored);
        assertThat(iterationsRun).isEmpty();
    }

    @Test
    void salts_and_texts_beyond_bounds_are_false_without_work() {
        assertThat(counting.verify(Password.of("pw"), "pbkdf2_sha256$1000$" + "s".repeat(129) + "$" + TAG))
                .isFalse();
        assertThat(counting.verify(Password.of("pw"), "pbkdf2_sha256$1000$" + "s".repeat(1_000_000) + "$" + TAG))
                .isFalse();
        assertThat(iterationsRun).isEmpty();
    }

    @Test
    void another_spelling_of_the_same_tag_is_false() {
        String spelled = DJANGO.replace("pBY=", "pBZ=");

        assertThat(hasher.verify(Password.of("lètmein"), DJANGO)).isTrue();
        assertThat(hasher.verify(Password.of("lètmein"), spelled)).isFalse();
    }

    @Test
    void tops_up_the_iterations_that_an_older_hash_spares() {
        counting.topUp(Password.of("pw"), "pbkdf2_sha256$1000$salt$" + TAG);

        assertThat(iterationsRun).containsExactly(2_000);
    }

    @Test
    void a_hash_of_todays_cost_or_more_needs_no_top_up() {
        counting.topUp(Password.of("pw"), "pbkdf2_sha256$3000$salt$" + TAG);
        counting.topUp(Password.of("pw"), "pbkdf2_sha256$3001$salt$" + TAG);

        assertThat(iterationsRun).isEmpty();
    }

    @Test
    void tops_up_to_the_most_iterations_that_were_verified() {
        counting.verify(Password.of("pw"), "pbkdf2_sha256$5000$salt$" + TAG);
        counting.verify(Password.of("pw"), "pbkdf2_sha256$4000$salt$" + TAG);
        iterationsRun.clear();

        counting.topUp(Password.of("pw"), "pbkdf2_sha256$1000$salt$" + TAG);
        counting.topUp(Password.of("pw"), "pbkdf2_sha256$3000$salt$" + TAG);
        counting.topUp(Password.of("pw"), "pbkdf2_sha256$5000$salt$" + TAG);

        assertThat(iterationsRun).containsExactly(4_000, 2_000);
    }

    @Test
    void what_was_not_verified_does_not_raise_the_top_up() {
        counting.verify(Password.of("pw"), "pbkdf2_sha256$5000001$salt$" + TAG);
        counting.verify(Password.of(""), "pbkdf2_sha256$5000$salt$" + TAG);
        counting.recognises("pbkdf2_sha256$5000$salt$" + TAG);
        counting.topUp(Password.of("pw"), "pbkdf2_sha256$5000$salt$" + TAG);

        counting.topUp(Password.of("pw"), "pbkdf2_sha256$3000$salt$" + TAG);

        assertThat(iterationsRun).isEmpty();
    }

    @Test
    void fewer_iterations_or_a_shorter_salt_need_a_rehash_and_more_do_not() {
        PasswordHasher stronger = PasswordHasher.pbkdf2(1_001);

        assertThat(hasher.needsRehash(DJANGO)).isFalse();
        assertThat(stronger.needsRehash(DJANGO)).isTrue();
        assertThat(hasher.needsRehash(DJANGO.replace("1000", "1001"))).isFalse();
        assertThat(hasher.needsRehash("pbkdf2_sha256$1001$seasalt2seasalt2seasa$" + TAG))
                .as("a longer salt is not worth fewer iterations")
                .isFalse();
        assertThat(hasher.needsRehash("pbkdf2_sha256$1000$seasalt2seasalt2seasa$" + TAG))
                .isTrue();
    }

    @Test
    void the_empty_password_is_never_hashed_and_never_right() {
        assertThatIllegalArgumentException().isThrownBy(() -> counting.hash(Password.of("")));
        assertThat(counting.verify(Password.of(""), DJANGO)).isFalse();
        assertThat(iterationsRun).isEmpty();
    }
}
