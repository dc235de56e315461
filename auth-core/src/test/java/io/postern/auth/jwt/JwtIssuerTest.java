package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.auth.jwt.VerifiedJwt.TokenType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** drf-contract TK-5 and TK-8. */
class JwtIssuerTest {

    @Test
    void claims_are_written_in_order_with_issuer_and_audience_at_the_end() {
        JwtSettings.Builder builder = JwtSettings.builder(Jwts.keys()).issuer("https://i.example");

        assertThat(text(sign(builder.audience("a").build()), 1))
                .isEqualTo(Jwts.CLAIMS.replace("}", ",\"aud\":\"a\",\"iss\":\"https://i.example\"}"));
        assertThat(text(sign(builder.audience("a", "b").build()), 1)).contains("\"aud\":[\"a\",\"b\"]");
        assertThat(text(sign(Jwts.drf()), 1)).isEqualTo(Jwts.CLAIMS);
    }

    @Test
    void the_header_names_algorithm_and_key_and_the_type_when_strict() {
        JwtSettings nameless = JwtSettings.builder(
                        KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, Jwts.SECRET).withoutId()))
                .build();

        assertThat(text(sign(Jwts.drf()), 0)).isEqualTo("{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":\"JWT\"}");
        assertThat(text(sign(nameless), 0)).isEqualTo("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
        assertThat(text(sign(Jwts.strict()), 0)).contains("\"typ\":\"at+jwt\"");
        assertThat(text(new JwtIssuer(Jwts.strict(), Jwts.CLOCK).sign(TokenType.REFRESH, claims()), 0))
                .contains("\"typ\":\"rt+jwt\"");
    }

    @Test
    void the_signature_is_the_hmac_of_the_jdk() {
        String token = sign(Jwts.drf());

        assertThat(Jwts.signed(token.substring(0, token.lastIndexOf('.')))).isEqualTo(token);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_issued_is_verified_as_its_own_kind_alone(JwtAlgorithm algorithm) {
        JwtSettings settings =
                JwtSettings.builder(KeyRing.of(Keys.of(algorithm))).build();
        JwtVerifier verifier = new JwtVerifier(settings, Jwts.CLOCK);
        String token = sign(settings);

        assertThat(verifier.verify(token, TokenType.ACCESS)).isInstanceOf(JwtVerification.Verified.class);
        assertThat(verifier.verify(token, TokenType.REFRESH)).isInstanceOf(JwtVerification.Refused.class);
        assertThat(verifier.verify(token, TokenType.SLIDING)).isInstanceOf(JwtVerification.Refused.class);
    }

    @Test
    void strict_tokens_are_verified_by_the_strict_as_their_own_kind_alone() {
        JwtIssuer issuer = new JwtIssuer(Jwts.strict(), Jwts.CLOCK);

        assertThat(Jwts.reason(Jwts.strict(), issuer.sign(TokenType.ACCESS, claims())))
                .isEqualTo("verified");
        assertThat(Jwts.reason(Jwts.strict(), issuer.sign(TokenType.REFRESH, claims())))
                .isEqualTo("jwt_wrong_typ");
    }

    @Test
    void keys_that_only_verify_issue_nothing() {
        JwtSettings settings = JwtSettings.builder(KeyRing.verifyingOnly(Keys.of(JwtAlgorithm.HS256)))
                .build();

        assertThatIllegalStateException()
                .isThrownBy(() -> new JwtIssuer(settings, Jwts.CLOCK))
                .withMessageContaining("KeyRing.of(signingKey)");
    }

    private static String sign(JwtSettings settings) {
        return new JwtIssuer(settings, Jwts.CLOCK).sign(TokenType.ACCESS, claims());
    }

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("token_type", "access");
        claims.put("exp", 1_800_000_300L);
        claims.put("iat", 1_800_000_000L);
        claims.put("jti", "a");
        claims.put("user_id", "1");
        return claims;
    }

    private static String text(String token, int part) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[part]), StandardCharsets.UTF_8);
    }
}
