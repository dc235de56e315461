package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each algorithm is held against the JDK's own, in both directions. */
class JwtKeyTest {

    private static final byte[] INPUT = "eyJ.eyJ".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @EnumSource
    void what_a_key_signs_it_verifies_and_nothing_else(JwtAlgorithm algorithm) {
        JwtKey key = Keys.of(algorithm);
        Base64URL signature = key.sign(INPUT);

        assertThat(Keys.verifies(key, INPUT, signature)).isTrue();
        assertThat(Keys.verifies(key, "eyJ.eyK".getBytes(StandardCharsets.US_ASCII), signature))
                .isFalse();
        assertThat(Keys.verifies(Keys.other(algorithm), INPUT, signature)).isFalse();
        byte[] raw = signature.decode();
        for (int i = 0; i < raw.length; i += 3) {
            byte[] changed = raw.clone();
            changed[i] ^= 1;
            assertThat(Keys.verifies(key, INPUT, Base64URL.encode(changed))).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void signatures_of_any_other_length_or_filling_are_refused_and_none_throws(JwtAlgorithm algorithm) {
        JwtKey key = Keys.of(algorithm);
        byte[] raw = key.sign(INPUT).decode();
        for (int length :
                new int[] {0, 1, raw.length / 2, raw.length - 1, raw.length, raw.length + 1, 2 * raw.length}) {
            boolean whole = length == raw.length;
            assertThat(Keys.verifies(key, INPUT, Base64URL.encode(Arrays.copyOf(raw, length))))
                    .isEqualTo(whole);
            byte[] full = new byte[length];
            assertThat(Keys.verifies(key, INPUT, Base64URL.encode(full))).isFalse();
            Arrays.fill(full, (byte) 0xFF);
            assertThat(Keys.verifies(key, INPUT, Base64URL.encode(full))).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_jdk_verifies_what_a_key_signs(JwtAlgorithm algorithm) throws Exception {
        byte[] signature = Keys.of(algorithm).sign(INPUT).decode();

        if (algorithm.family() == JwtAlgorithm.Family.HMAC) {
            assertThat(signature)
                    .isEqualTo(Jwts.mac(
                            "HmacSHA" + algorithm.name().substring(2),
                            Keys.SECRET,
                            new String(INPUT, StandardCharsets.US_ASCII)));
        } else {
            Signature verifier = jdk(algorithm);
            verifier.initVerify(Keys.pair(algorithm).getPublic());
            verifier.update(INPUT);
            assertThat(verifier.verify(signature)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"HS256", "HS384", "HS512"})
    void a_public_key_verifies_what_the_jdk_signs_but_cannot_sign(JwtAlgorithm algorithm) throws Exception {
        Signature signer = jdk(algorithm);
        signer.initSign(Keys.pair(algorithm).getPrivate());
        signer.update(INPUT);
        JwtKey key = JwtKey.of(algorithm, Keys.pair(algorithm).getPublic());

        assertThat(Keys.verifies(key, INPUT, Base64URL.encode(signer.sign()))).isTrue();
        assertThat(key.canSign()).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> key.sign(INPUT)).withMessageContaining("cannot sign");
    }

    @ParameterizedTest
    @EnumSource
    void a_key_is_named_by_its_thumbprint_until_it_is_given_a_name(JwtAlgorithm algorithm) {
        JwtKey key = Keys.of(algorithm);

        assertThat(key.id()).hasValueSatisfying(id -> assertThat(id).matches("[A-Za-z0-9_-]{43}"));
        assertThat(Keys.of(algorithm).id()).isEqualTo(key.id());
        assertThat(Keys.other(algorithm).id()).isNotEqualTo(key.id());
        assertThat(key.withId("k").id()).contains("k");
        assertThat(key.withoutId().id()).isEmpty();
        assertThat(Keys.verifies(key.withId("k"), INPUT, key.sign(INPUT))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void each_generated_key_is_fresh_and_signs_what_it_verifies(JwtAlgorithm algorithm) {
        JwtKey key = JwtKey.generate(algorithm);
        JwtKey other = JwtKey.generate(algorithm);

        assertThat(key.algorithm()).isEqualTo(algorithm);
        assertThat(key.id()).hasValueSatisfying(id -> assertThat(id).matches("[A-Za-z0-9_-]{43}"));
        assertThat(Keys.verifies(key, INPUT, key.sign(INPUT))).isTrue();
        assertThat(other.id()).isNotEqualTo(key.id());
        assertThat(Keys.verifies(other, INPUT, key.sign(INPUT))).isFalse();
    }

    @Test
    void a_generated_rsa_key_has_3072_bits() {
        assertThat(JwtKey.generate(JwtAlgorithm.PS256).sign(INPUT).decode()).hasSize(384);
    }

    @Test
    void a_secret_changed_afterwards_changes_no_key() {
        byte[] secret = Keys.SECRET.clone();
        JwtKey key = JwtKey.hmac(JwtAlgorithm.HS256, secret);
        Base64URL before = key.sign(INPUT);
        Arrays.fill(secret, (byte) 0);

        assertThat(key.sign(INPUT)).isEqualTo(before);
        assertThat(Keys.verifies(key, INPUT, before)).isTrue();
    }

    /** RFC 8032, section 5.1.7: without the check, anybody could make a second signature of a first. */
    @Test
    void an_ed25519_signature_has_no_twin() {
        JwtKey key = Keys.of(JwtAlgorithm.EDDSA);
        byte[] twin = key.sign(INPUT).decode();
        byte[] order = HexFormat.of().parseHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        int carry = 0;
        for (int i = 0; i < 32; i++) {
            int sum = (twin[32 + i] & 0xFF) + (order[i] & 0xFF) + carry;
            twin[32 + i] = (byte) sum;
            carry = sum >> 8;
        }

        assertThat(Keys.verifies(key, INPUT, Base64URL.encode(twin))).isFalse();
    }

    @Test
    void headers_name_the_registered_algorithms() {
        assertThat(JwtAlgorithm.EDDSA.headerName()).isEqualTo("EdDSA");
        assertThat(JwtAlgorithm.PS384.headerName()).isEqualTo("PS384");
        for (JwtAlgorithm algorithm : JwtAlgorithm.values()) {
            assertThat(algorithm.headerName()).isEqualToIgnoringCase(algorithm.name());
        }
    }

    private static Signature jdk(JwtAlgorithm algorithm) throws GeneralSecurityException {
        String bits = algorithm.name().substring(2);
        if (algorithm.name().startsWith("PS")) {
            Signature pss = Signature.getInstance("RSASSA-PSS");
            pss.setParameter(new PSSParameterSpec(
                    "SHA-" + bits, "MGF1", new MGF1ParameterSpec("SHA-" + bits), Integer.parseInt(bits) / 8, 1));
            return pss;
        }
        return switch (algorithm.family()) {
            case RSA -> Signature.getInstance("SHA" + bits + "withRSA");
            case EC -> Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
            default -> Signature.getInstance("Ed25519");
        };
    }
}
