package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the algorithm of a JWK is determined: by its {@code alg}, its curve, or the caller. */
class JwkAlgorithmTest {

    private static final String OCT = "{\"kty\":\"oct\",\"k\":\"" + Jwts.base64(Keys.SECRET) + "\"}";
    private static final String RSA = new RSAKey.Builder(
                    (RSAPublicKey) Keys.pair(JwtAlgorithm.RS256).getPublic())
            .build()
            .toJSONString();
    private static final String ED25519 =
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";

    @ParameterizedTest
    @EnumSource(names = {"ES256", "ES384", "ES512"})
    void an_ec_key_without_alg_has_the_algorithm_of_its_curve(JwtAlgorithm algorithm) {
        JwtKey key = JwtKey.ofJwk(ec(algorithm));

        assertThat(key.algorithm()).isEqualTo(algorithm);
        assertThat(key.id()).isEqualTo(Keys.of(algorithm).id());
    }

    @Test
    void an_ed25519_key_without_alg_is_for_eddsa() {
        assertThat(JwtKey.ofJwk(ED25519).algorithm()).isEqualTo(JwtAlgorithm.EDDSA);
    }

    @Test
    void a_key_whose_type_fits_several_algorithms_is_rejected_with_both_fixes() {
        for (String jwk : new String[] {OCT, RSA}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JwtKey.ofJwk(jwk))
                    .withMessage("the JWK has no \"alg\", and its type fits several algorithms:"
                            + " add one, or use JwtKey.ofJwk(algorithm, json)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
                "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"eb5mfvncu6xVoGKVzocLBwKb_NstzijZWfKBWxb4F5g\","
                        + "\"y\":\"SDradyajxGVdpPv8DhEIqP0XtEimhVQZnEfQj_sQ1Lg\"}"
            })
    void a_curve_without_an_algorithm_is_rejected(String jwk) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.ofJwk(jwk))
                .withMessageContaining("use P-256, P-384, P-521 or Ed25519");
    }

    @Test
    void null_members_are_absent() {
        String nulls = ",\"kid\":null,\"use\":null,\"key_ops\":null,\"nbf\":null,\"exp\":null,\"d\":null,\"x5c\":null}";

        assertThat(JwtKey.ofJwk(JwtAlgorithm.RS256, RSA.replaceFirst("}$", ",\"alg\":null" + nulls)))
                .returns(false, JwtKey::canSign)
                .returns(JwtKey.ofJwk(JwtAlgorithm.RS256, RSA).id(), JwtKey::id);
        assertThat(JwtKey.ofJwk(ED25519.replaceFirst("}$", nulls)).algorithm()).isEqualTo(JwtAlgorithm.EDDSA);
    }

    @Test
    void the_caller_can_name_the_algorithm() {
        assertThat(JwtKey.ofJwk(JwtAlgorithm.HS384, OCT).algorithm()).isEqualTo(JwtAlgorithm.HS384);
        assertThat(JwtKey.ofJwk(JwtAlgorithm.PS512, RSA).algorithm()).isEqualTo(JwtAlgorithm.PS512);
        assertThat(JwtKey.ofJwk(JwtAlgorithm.ES256, ec(JwtAlgorithm.ES256)).algorithm())
                .isEqualTo(JwtAlgorithm.ES256);
        assertThat(JwtKey.ofJwk(JwtAlgorithm.EDDSA, ED25519).algorithm()).isEqualTo(JwtAlgorithm.EDDSA);
        assertThat(JwtKey.ofJwk(JwtAlgorithm.HS256, withAlg(OCT, "HS256")).algorithm())
                .isEqualTo(JwtAlgorithm.HS256);
    }

    @ParameterizedTest
    @CsvSource({
        "HS256, RS256, needs a secret",
        "RS256, HS256, needs a key pair",
        "RS256, ES256, needs a key of type RSAPublicKey",
        "ES256, RS256, needs a key of type ECPublicKey",
        "ES256, ES384, 'needs a key on P-256, this one is on P-384'",
        "ES256, EDDSA, needs a key of type ECPublicKey",
        "EDDSA, ES256, needs a key of type EdECPublicKey"
    })
    void an_algorithm_that_does_not_fit_the_key_is_rejected(JwtAlgorithm named, JwtAlgorithm type, String message) {
        String jwk = switch (type) {
            case HS256 -> OCT;
            case RS256 -> RSA;
            case EDDSA -> ED25519;
            default -> ec(type);
        };

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.ofJwk(named, jwk))
                .withMessageContaining(message);
    }

    @Test
    void an_alg_other_than_the_named_one_is_rejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.ofJwk(JwtAlgorithm.HS512, withAlg(OCT, "HS256")))
                .withMessage("the JWK's \"alg\" is HS256, not HS512");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.ofJwk(JwtAlgorithm.HS256, withAlg(OCT, "none")))
                .withMessage("the JWK's \"alg\" is not supported");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.ofJwk(withAlg(ec(JwtAlgorithm.ES384), "ES256")))
                .withMessageContaining("needs a key on P-256, this one is on P-384");
    }

    private static String ec(JwtAlgorithm algorithm) {
        ECPublicKey key = (ECPublicKey) Keys.pair(algorithm).getPublic();
        return new ECKey.Builder(Curve.forECParameterSpec(key.getParams()), key)
                .build()
                .toJSONString();
    }

    private static String withAlg(String jwk, String algorithm) {
        return jwk.replaceFirst("}$", ",\"alg\":\"" + algorithm + "\"}");
    }
}
