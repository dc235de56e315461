package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which key signs and which verify at a time. */
class KeyRingTimesTest {

    private static final byte[] INPUT = "eyJ.eyJ".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private final JwtKey old = Keys.of(JwtAlgorithm.HS256).withId("old");
    private final JwtKey next = Keys.other(JwtAlgorithm.HS256).withId("next");

    @ParameterizedTest
    @EnumSource
    void each_algorithm_signs_and_verifies_through_a_ring_of_several(JwtAlgorithm algorithm) {
        KeyRing ring = KeyRing.of(
                Keys.of(algorithm),
                Arrays.stream(JwtAlgorithm.values())
                        .filter(other -> other != algorithm && isSecret(other) == isSecret(algorithm))
                        .map(other -> Keys.other(other).withId(other.name()))
                        .toArray(JwtKey[]::new));
        JwtKey signing = ring.signing(NOW);

        Optional<JwtKey> found = Keys.find(ring, algorithm.headerName(), signing.id(), true, NOW);
        assertThat(Keys.verifies(found.orElseThrow(), INPUT, signing.sign(INPUT)))
                .isTrue();
        for (JwtAlgorithm other : JwtAlgorithm.values()) {
            if (other != algorithm) {
                assertThat(Keys.find(ring, other.headerName(), signing.id(), true, NOW))
                        .isEmpty();
            }
        }
    }

    @Test
    void the_key_with_the_latest_activation_that_has_come_signs() {
        JwtKey first = next.withActivation(NOW.plusSeconds(10));
        JwtKey second = Keys.of(JwtAlgorithm.HS512).withActivation(NOW.plusSeconds(20));
        KeyRing ring = KeyRing.of(first, second, old);

        assertThat(ring.signing(NOW)).isSameAs(old);
        assertThat(ring.signing(NOW.plusSeconds(10).minusNanos(1))).isSameAs(old);
        assertThat(ring.signing(NOW.plusSeconds(10))).isSameAs(first);
        assertThat(ring.signing(NOW.plusSeconds(20).minusNanos(1))).isSameAs(first);
        assertThat(ring.signing(NOW.plusSeconds(20))).isSameAs(second);
    }

    @Test
    void a_key_verifies_before_it_signs() {
        JwtKey early = next.withActivation(NOW.plusSeconds(10));

        assertThat(Keys.find(KeyRing.of(old, early), "HS256", Optional.of("next"), true, NOW))
                .contains(early);
    }

    @Test
    void a_retired_key_neither_signs_nor_verifies() {
        KeyRing ring = KeyRing.of(old.withRetirement(NOW));

        assertThat(ring.signing(NOW.minusNanos(1)).id()).contains("old");
        assertThat(Keys.find(ring, "HS256", Optional.of("old"), true, NOW.minusNanos(1)))
                .isPresent();
        assertThatIllegalStateException()
                .isThrownBy(() -> ring.signing(NOW))
                .withMessageContaining("retired")
                .withMessageContaining("reload");
        assertThat(Keys.find(ring, "HS256", Optional.of("old"), true, NOW)).isEmpty();
        assertThat(Keys.find(ring, "HS256", Optional.of("old"), false, NOW)).isEmpty();
        assertThat(Keys.find(ring, "HS256", Optional.empty(), false, NOW)).isEmpty();
    }

    @Test
    void before_the_first_activation_nothing_signs() {
        KeyRing ring = KeyRing.of(old.withActivation(NOW));

        assertThat(ring.canSign()).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(() -> ring.signing(NOW.minusNanos(1)))
                .withMessageContaining("not yet active");
    }

    @Test
    void a_public_key_never_signs_though_its_time_has_come() {
        JwtKey half = JwtKey.of(
                        JwtAlgorithm.ES256, Keys.pair(JwtAlgorithm.ES256).getPublic())
                .withActivation(NOW);
        JwtKey whole = Keys.of(JwtAlgorithm.EDDSA);

        assertThat(KeyRing.of(whole, half).signing(NOW)).isSameAs(whole);
    }

    @Test
    void a_key_that_would_retire_before_it_signs_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> old.withActivation(NOW).withRetirement(NOW))
                .withMessageContaining("let it retire later");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> old.withRetirement(NOW).withActivation(NOW.plusSeconds(1)));
    }

    @Test
    void times_stay_with_a_key_that_is_renamed() {
        JwtKey key = old.withActivation(NOW).withRetirement(NOW.plusSeconds(1));

        assertThat(List.of(key.withId("new name"), key.withoutId())).allSatisfy(renamed -> {
            assertThat(renamed.activation()).isEqualTo(NOW);
            assertThat(renamed.retirement()).isEqualTo(NOW.plusSeconds(1));
        });
    }

    /** simplejwt's tokens name no key; they must outlive the move to keys that are named. */
    @Test
    void a_key_without_an_id_is_rolled_to_one_with_an_id() {
        JwtKey nameless = old.withoutId();
        KeyRing ring = KeyRing.of(nameless, next.withActivation(NOW));

        assertThat(ring.signing(NOW.minusNanos(1))).isSameAs(nameless);
        assertThat(ring.signing(NOW).id()).contains("next");
        assertThat(Keys.find(ring, "HS256", Optional.empty(), false, NOW)).contains(nameless);
        assertThat(Keys.find(ring, "HS256", Optional.of("old"), false, NOW)).isEmpty();
        assertThat(Keys.find(ring, "HS256", Optional.empty(), true, NOW)).isEmpty();
        assertThat(Keys.find(ring, "HS256", Optional.of("next"), false, NOW)).contains(ring.signing(NOW));
    }

    @Test
    void two_keys_of_an_algorithm_without_an_id_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.verifyingOnly(old.withoutId(), next.withoutId()))
                .withMessageContaining("have no id");
    }

    @Test
    void to_string_contains_only_algorithms_and_ids() {
        assertThat(KeyRing.of(old, next)).hasToString("KeyRing[JwtKey[HS256 old], JwtKey[HS256 next]]");
    }

    private static boolean isSecret(JwtAlgorithm algorithm) {
        return algorithm.family() == JwtAlgorithm.Family.HMAC;
    }
}
