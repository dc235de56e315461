package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unsuitable keys are rejected on creation, and the message says how to fix them. */
class KeyMaterialTest {

    private static final byte[] INPUT = "eyJ.eyJ".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({"HS256, 32", "HS384, 48", "HS512, 64"})
    void a_secret_is_at_least_as_long_as_the_hash(JwtAlgorithm algorithm, int bytes) {
        assertThat(JwtKey.hmac(algorithm, new byte[bytes]).canSign()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.hmac(algorithm, new byte[bytes - 1]))
                .withMessageContaining("at least " + bytes + " bytes")
                .withMessageContaining("SecureRandom");
        assertThatIllegalArgumentException().isThrownBy(() -> JwtKey.hmac(algorithm, new byte[0]));
    }

    @Test
    void secrets_and_pairs_are_not_mixed_up() {
        KeyPair rsa = Keys.pair(JwtAlgorithm.RS256);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.hmac(JwtAlgorithm.RS256, new byte[64]))
                .withMessageContaining("use JwtKey.of(");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.of(JwtAlgorithm.HS256, rsa.getPublic()))
                .withMessageContaining("use JwtKey.hmac(");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.of(JwtAlgorithm.ES256, rsa.getPublic()))
                .withMessageContaining("needs a key of type ECPublicKey");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.of(
                        JwtAlgorithm.RS256,
                        rsa.getPublic(),
                        Keys.pair(JwtAlgorithm.ES256).getPrivate()))
                .withMessageContaining("needs a key of type RSAPrivateKey");
        assertThatIllegalArgumentException().isThrownBy(() -> JwtKey.of(JwtAlgorithm.EDDSA, rsa.getPublic()));
    }

    @ParameterizedTest
    @CsvSource({"RS256, 2048", "PS512, 2048", "ES256, secp256r1", "EDDSA, Ed25519"})
    void halves_of_two_pairs_are_no_key(JwtAlgorithm algorithm, String kind) {
        KeyPair one = Keys.generated(kind, "one");
        KeyPair other = Keys.generated(kind, "other");

        assertThat(JwtKey.of(algorithm, one.getPublic(), one.getPrivate()).canSign())
                .isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.of(algorithm, one.getPublic(), other.getPrivate()))
                .withMessageContaining("do not belong together");
    }

    @Test
    void a_short_rsa_key_is_refused() {
        KeyPair small = Keys.generated("1024", "small");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.of(JwtAlgorithm.PS256, small.getPublic(), small.getPrivate()))
                .withMessageContaining("at least 2048 bits, this one has 1024");
    }

    @Test
    void an_rsa_key_with_an_odd_exponent_is_refused() throws Exception {
        BigInteger modulus = ((RSAPublicKey) Keys.pair(JwtAlgorithm.RS256).getPublic()).getModulus();
        RSAPublicKey odd = (RSAPublicKey)
                KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(3)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.of(JwtAlgorithm.RS256, odd))
                .withMessageContaining("generate one with 65537");
    }

    @ParameterizedTest
    @CsvSource({"ES256, ES384, P-256", "ES384, ES512, P-384", "ES512, ES256, P-521"})
    void a_key_on_another_curve_is_refused(JwtAlgorithm wanted, JwtAlgorithm given, String curve) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.of(wanted, Keys.pair(given).getPublic()))
                .withMessageContaining("needs a key on " + curve);
    }

    @Test
    void a_point_beside_the_curve_is_refused() {
        ECPublicKey good = (ECPublicKey) Keys.pair(JwtAlgorithm.ES256).getPublic();
        ECPoint beside =
                new ECPoint(good.getW().getAffineX(), good.getW().getAffineY().add(BigInteger.ONE));

        assertThatIllegalArgumentException().isThrownBy(() -> {
            ECPublicKey bad = (ECPublicKey) publicKey(new ECPublicKeySpec(beside, good.getParams()));
            JwtKey.of(JwtAlgorithm.ES256, bad);
        });
    }

    @Test
    void ed448_is_rejected_for_ed25519() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.of(
                        JwtAlgorithm.EDDSA, Keys.generated("Ed448", "own").getPublic()))
                .withMessageContaining("needs an Ed25519 key, this one is Ed448");
    }

    @Test
    void jwks_of_every_kind_are_read() {
        RSAKey rsa = new RSAKey.Builder(
                        (RSAPublicKey) Keys.pair(JwtAlgorithm.RS256).getPublic())
                .privateKey(Keys.pair(JwtAlgorithm.RS256).getPrivate())
                .build();
        ECKey ec = new ECKey.Builder(
                        Curve.P_256, (ECPublicKey) Keys.pair(JwtAlgorithm.ES256).getPublic())
                .privateKey(Keys.pair(JwtAlgorithm.ES256).getPrivate())
                .build();

        assertReads("RS256", rsa.toJSONString(), Keys.of(JwtAlgorithm.RS256));
        assertReads("PS512", rsa.toJSONString(), Keys.of(JwtAlgorithm.PS512));
        assertReads("ES256", ec.toJSONString(), Keys.of(JwtAlgorithm.ES256));
        assertReads(
                "HS256", "{\"kty\":\"oct\",\"k\":\"" + Jwts.base64(Keys.SECRET) + "\"}", Keys.of(JwtAlgorithm.HS256));
        assertThat(read("RS256", rsa.toPublicJWK().toJSONString()).canSign()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"key_ops\":[\"sign\"]", "\"key_ops\":[\"verify\"]", "\"use\":\"sig\""})
    void a_jwk_may_say_that_it_is_for_signatures(String member) {
        String json = "{\"kty\":\"oct\",\"k\":\"" + Jwts.base64(Keys.SECRET) + "\"," + member + "}";

        assertThat(read("HS256", json).canSign()).isTrue();
    }

    /** RFC 8037, appendix A. */
    @Test
    void the_ed25519_key_of_rfc_8037_signs_its_example() {
        JwtKey key = read(
                "EdDSA",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\","
                        + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}");
        byte[] input = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".getBytes(StandardCharsets.US_ASCII);

        assertThat(key.id()).contains("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        assertThat(key.sign(input))
                .hasToString("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
        assertThat(Keys.verifies(key, input, key.sign(input))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "SECRETSECRET",
                "{\"kty\":\"oct\",\"alg\":\"HS256\"}",
                "{\"kty\":\"oct\",\"alg\":\"HS256\",\"k\":\"\"}",
                "{\"kty\":\"oct\",\"alg\":\"HS256\",\"k\":\"U0VDUkVUU0VDUkVU\"}",
                "{\"kty\":\"oct\",\"alg\":\"HS256\",\"k\":42}",
                "{\"kty\":\"oct\",\"alg\":\"none\",\"k\":\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY\"}",
                "{\"kty\":\"oct\",\"alg\":\"RS256\",\"k\":\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY\"}",
                "{\"kty\":\"oct\",\"k\":\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY\"}",
                "{\"kty\":\"SECRET\",\"alg\":\"HS256\",\"k\":\"SECRET\"}",
                "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"alg\":\"EdDSA\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"EdDSA\",\"x\":\"AA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"EdDSA\",\"x\":\"\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"x\":\"AA\",\"y\":\"AA\"}",
                "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"alg\":\"ES256\",\"x\":\"AA\",\"y\":\"AA\"}",
                "{\"kty\":\"RSA\",\"alg\":\"RS256\",\"n\":\"AQ\",\"e\":\"AQAB\"}",
                "{\"kty\":\"RSA\",\"alg\":\"RS256\",\"n\":\"\",\"e\":\"\"}"
            })
    void bad_jwks_are_refused_and_not_shown(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.ofJwk(json))
                .satisfies(refusal -> {
                    StringBuilder all = new StringBuilder();
                    for (Throwable t = refusal; t != null; t = t.getCause()) {
                        all.append(t.getMessage());
                    }
                    assertThat(all).doesNotContain("SECRET").doesNotContain("U0VDUkVU");
                });
    }

    private static void assertReads(String algorithm, String json, JwtKey expected) {
        JwtKey key = read(algorithm, json);

        assertThat(key.id()).isEqualTo(expected.id());
        assertThat(Keys.verifies(expected, INPUT, key.sign(INPUT))).isTrue();
        assertThat(Keys.verifies(key, INPUT, expected.sign(INPUT))).isTrue();
        assertThat(read(algorithm, json.replaceFirst("}$", ",\"kid\":\"own\"}")).id())
                .contains("own");
    }

    private static JwtKey read(String algorithm, String json) {
        return JwtKey.ofJwk(json.replaceFirst("}$", ",\"alg\":\"" + algorithm + "\"}"));
    }

    private static Object publicKey(ECPublicKeySpec spec) {
        try {
            return KeyFactory.getInstance("EC").generatePublic(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
