package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {

    private final JwtKey one = Keys.of(JwtAlgorithm.HS256).withId("one");
    private final JwtKey two = Keys.other(JwtAlgorithm.HS256).withId("two");

    @Test
    void the_first_key_signs_and_all_verify() {
        KeyRing ring = KeyRing.of(one, two);

        assertThat(ring.signing(Jwts.NOW)).isSameAs(one);
        assertThat(Keys.find(ring, "HS256", Optional.of("one"), true, Jwts.NOW)).contains(one);
        assertThat(Keys.find(ring, "HS256", Optional.of("two"), true, Jwts.NOW)).contains(two);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "hs256", "HS384", "RS256", "", "HS256 "})
    void the_algorithm_is_that_of_the_key(String algorithm) {
        assertThat(Keys.find(KeyRing.of(one), algorithm, Optional.of("one"), false, Jwts.NOW))
                .isEmpty();
        assertThat(Keys.find(KeyRing.of(one), algorithm, Optional.empty(), false, Jwts.NOW))
                .isEmpty();
    }

    @Test
    void without_a_name_only_a_single_key_is_taken_and_only_if_no_name_is_demanded() {
        assertThat(Keys.find(KeyRing.of(one), "HS256", Optional.empty(), false, Jwts.NOW))
                .contains(one);
        assertThat(Keys.find(KeyRing.of(one), "HS256", Optional.empty(), true, Jwts.NOW))
                .isEmpty();
        assertThat(Keys.find(KeyRing.of(one, two), "HS256", Optional.empty(), false, Jwts.NOW))
                .isEmpty();
    }

    @Test
    void an_unknown_name_finds_nothing_among_several() {
        assertThat(Keys.find(KeyRing.of(one, two), "HS256", Optional.of("three"), false, Jwts.NOW))
                .isEmpty();
        assertThat(Keys.find(KeyRing.of(one), "HS256", Optional.of("ONE"), true, Jwts.NOW))
                .isEmpty();
    }

    @Test
    void signing_with_a_ring_that_only_verifies_fails_with_the_fix() {
        KeyRing ring = KeyRing.verifyingOnly(one);

        assertThat(ring.canSign()).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> ring.signing(Jwts.NOW))
                .withMessageContaining("KeyRing.of(signingKey)");
    }

    @Test
    void a_public_key_cannot_be_the_one_that_signs() {
        JwtKey half =
                JwtKey.of(JwtAlgorithm.ES256, Keys.pair(JwtAlgorithm.ES256).getPublic());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.of(half))
                .withMessageContaining("KeyRing.verifyingOnly");
    }

    @Test
    void secrets_and_public_keys_do_not_share_a_ring() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.of(one, Keys.of(JwtAlgorithm.RS256)))
                .withMessageContaining("must not share a KeyRing");
        assertThatIllegalArgumentException().isThrownBy(() -> KeyRing.verifyingOnly(Keys.of(JwtAlgorithm.RS256), one));
    }

    @Test
    void two_keys_of_one_name_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.of(one, two.withId("one")))
                .withMessageContaining("withId(");
    }

    @Test
    void a_ring_whose_own_tokens_it_could_not_verify_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.of(one.withoutId(), two))
                .withMessageContaining("withId(");
        assertThat(KeyRing.of(one.withoutId(), Keys.other(JwtAlgorithm.HS512)).canSign())
                .isTrue();
    }

    @Test
    void a_ring_without_keys_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(KeyRing::verifyingOnly)
                .withMessageContaining("at least one key");
    }
}
