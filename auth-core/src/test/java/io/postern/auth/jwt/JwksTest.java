package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What the world sees of a ring: RFC 7517, section 5, and never a private member. */
class JwksTest {

    private static final byte[] INPUT = "eyJ.eyJ".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final Set<String> MEMBERS = Set.of("kid", "use", "alg", "kty", "n", "e", "crv", "x", "y");

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_NONE,
            names = {"HS.*"})
    void the_public_half_verifies_what_the_ring_signs(JwtAlgorithm algorithm) throws Exception {
        KeyRing ring = KeyRing.of(Keys.of(algorithm).withId("k"));
        JWK published = only(JWKSet.parse(ring.jwks(NOW)).getKeys());

        assertThat(published.isPrivate()).isFalse();
        assertThat(published.getKeyUse()).isEqualTo(KeyUse.SIGNATURE);
        assertThat(published.getAlgorithm().getName()).isEqualTo(algorithm.headerName());
        assertThat(published.getKeyID()).isEqualTo("k");
        JwtKey others = JwtKey.ofJwk(published.toJSONString());
        assertThat(others.canSign()).isFalse();
        assertThat(Keys.verifies(others, INPUT, ring.signing(NOW).sign(INPUT))).isTrue();
    }

    @Test
    void no_member_is_private() throws Exception {
        String json = everyPair().jwks(NOW);

        List<JWK> published = JWKSet.parse(json).getKeys();
        assertThat(published).hasSize(10);
        for (JWK key : published) {
            assertThat(MEMBERS).containsAll(key.toJSONObject().keySet());
        }
        assertThat(json).doesNotContain("\"d\"", "\"p\"", "\"q\"", "\"dp\"", "\"dq\"", "\"qi\"", "\"k\"", "\"oth\"");
    }

    @Test
    void secrets_are_never_published() {
        KeyRing ring = KeyRing.of(
                Keys.of(JwtAlgorithm.HS256).withId("a"),
                Keys.of(JwtAlgorithm.HS512).withId("b"));

        assertThat(ring.jwks(NOW)).isEqualTo("{\"keys\":[]}");
    }

    @Test
    void a_key_is_published_before_it_signs_and_until_it_retires() {
        KeyRing ring = KeyRing.of(
                Keys.of(JwtAlgorithm.ES256).withId("old").withRetirement(NOW.plusSeconds(10)),
                Keys.of(JwtAlgorithm.EDDSA).withId("new").withActivation(NOW.plusSeconds(5)));

        assertThat(ring.jwks(NOW)).contains("\"old\"", "\"new\"").doesNotContain("\"nbf\"", "\"exp\"");
        assertThat(ring.jwks(NOW.plusSeconds(10))).doesNotContain("\"old\"").contains("\"new\"");
    }

    @Test
    void a_ring_that_only_verifies_publishes_too_and_a_key_without_id_has_no_kid() {
        KeyRing ring = KeyRing.verifyingOnly(Keys.of(JwtAlgorithm.ES256).withoutId());

        assertThat(ring.jwks(NOW)).contains("\"ES256\"").doesNotContain("kid");
    }

    private static KeyRing everyPair() {
        JwtKey[] keys = Arrays.stream(JwtAlgorithm.values())
                .filter(algorithm -> algorithm.family() != JwtAlgorithm.Family.HMAC)
                .map(algorithm -> Keys.of(algorithm).withId(algorithm.name()))
                .toArray(JwtKey[]::new);
        return KeyRing.of(keys[0], Arrays.copyOfRange(keys, 1, keys.length));
    }

    private static JWK only(List<JWK> keys) {
        assertThat(keys).hasSize(1);
        return keys.get(0);
    }
}
