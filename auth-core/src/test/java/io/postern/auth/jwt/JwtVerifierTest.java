package io.postern.auth.jwt;

import static io.postern.auth.jwt.Jwts.CLAIMS;
import static io.postern.auth.jwt.Jwts.base64;
import static io.postern.auth.jwt.Jwts.drf;
import static io.postern.auth.jwt.Jwts.reason;
import static io.postern.auth.jwt.Jwts.strict;
import static io.postern.auth.jwt.Jwts.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.jwt.VerifiedJwt.TokenType;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Form, header and signature; claims have a test of their own. */
class JwtVerifierTest {

    private static final JwtVerification WRONG_TYPE = Jwts.refused("Token has wrong type", "jwt_wrong_type");

    private static final String STRICT_CLAIMS = "{\"token_type\":\"access\",\"exp\":1800000300,\"iat\":1800000000,"
            + "\"jti\":\"a\",\"user_id\":\"1\",\"iss\":\"https://issuer.example\",\"aud\":\"api\"}";

    @Test
    void a_good_token_is_verified_with_its_claims() {
        JwtVerification check = Jwts.verify(drf(), token(CLAIMS));

        VerifiedJwt jwt = ((JwtVerification.Verified) check).jwt();
        assertThat(jwt.type()).contains(TokenType.ACCESS);
        assertThat(jwt.text("user_id")).contains("1");
        assertThat(jwt.claim("exp")).contains(1_800_000_300L);
        assertThat(jwt.has("nothing")).isFalse();
        assertThat(jwt.claim("nothing")).isEmpty();
        assertThat(jwt.text("exp")).isEmpty();
    }

    @Test
    void a_null_claim_is_present_without_a_value() {
        JwtVerification check = Jwts.verify(drf(), token(CLAIMS.replace("}", ",\"email\":null}")));

        VerifiedJwt jwt = ((JwtVerification.Verified) check).jwt();
        assertThat(jwt.has("email")).isTrue();
        assertThat(jwt.claim("email")).isEmpty();
        assertThat(jwt.text("email")).isEmpty();
        assertThat(jwt.claims()).doesNotContainKey("email").containsEntry("user_id", "1");
        assertThat(jwt.rawClaims()).containsKey("email");
    }

    @Test
    void a_time_is_returned_and_a_value_that_is_not_a_time_is_not() {
        JwtVerification check = Jwts.verify(drf(), token(CLAIMS));

        VerifiedJwt jwt = ((JwtVerification.Verified) check).jwt();
        assertThat(jwt.time("exp")).contains(Jwts.NOW.plusSeconds(300));
        assertThat(jwt.time("user_id")).isEmpty();
        assertThat(jwt.time("nothing")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "true", "null", "[\"a\"]", "{}"})
    void an_id_that_is_not_a_string_counts_as_empty(String id) {
        JwtSettings settings = JwtSettings.builder(Jwts.keys()).jtiClaim("tid").build();

        assertThat(Jwts.verify(settings, token(CLAIMS.replace("}", ",\"tid\":" + id + "}"))))
                .isInstanceOfSatisfying(
                        JwtVerification.Verified.class,
                        verified -> assertThat(verified.jwt().id()).isEmpty());
    }

    @Test
    void a_blacklisted_token_of_the_wrong_type_is_reported_as_blacklisted() {
        JwtVerifier verifier = new JwtVerifier(drf(), Jwts.CLOCK);
        String sliding = CLAIMS.replace("\"access\"", "\"sliding\"");
        String nameless = CLAIMS.replace("\"jti\":\"a\",", "");

        assertThat(verifier.verify(token(sliding), TokenType.REFRESH, jwt -> true))
                .isEqualTo(Jwts.refused("Token is blacklisted", "jwt_revoked"));
        assertThat(verifier.verify(token(sliding), TokenType.REFRESH, jwt -> false))
                .isEqualTo(WRONG_TYPE);
        assertThat(verifier.verify(token(nameless), TokenType.REFRESH, jwt -> true))
                .isEqualTo(Jwts.refused("Token has no id", "jwt_no_id"));
    }

    /** An access token is not on the blacklist, although the store knows its family as revoked. */
    @Test
    void an_access_token_has_the_wrong_type_whatever_was_revoked() {
        JwtVerifier verifier = new JwtVerifier(drf(), Jwts.CLOCK);
        String refresh = CLAIMS.replace("\"access\"", "\"refresh\"");

        assertThat(verifier.verify(token(CLAIMS), TokenType.REFRESH, jwt -> true))
                .isEqualTo(WRONG_TYPE);
        assertThat(verifier.verify(token(refresh), TokenType.ACCESS, jwt -> true))
                .isEqualTo(WRONG_TYPE);
    }

    @ParameterizedTest
    @CsvSource({"access, ACCESS", "refresh, REFRESH", "sliding, SLIDING", "other,"})
    void a_token_of_any_type_has_the_type_of_its_claim(String claim, @Nullable TokenType type) {
        String token = token(CLAIMS.replace("\"access\"", "\"" + claim + "\""));

        JwtVerification check = new JwtVerifier(drf(), Jwts.CLOCK).verifyAnyType(token);

        assertThat(((JwtVerification.Verified) check).jwt().type()).isEqualTo(Optional.ofNullable(type));
    }

    @Test
    void a_signature_of_another_secret_is_refused_before_the_claims_are_read() {
        String forged = token("{\"not even").replaceFirst("\\.[^.]+$", "." + base64(new byte[32]));

        assertThat(Jwts.verify(drf(), forged)).isEqualTo(Jwts.refused("Token is invalid", "jwt_bad_signature"));
    }

    @Test
    void a_missing_signature_is_refused() {
        String unsigned = token(CLAIMS).replaceFirst("[^.]+$", "");

        assertThat(reason(drf(), unsigned)).isEqualTo("jwt_bad_signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", "", "HS384", "hs256", "HS256 ", "RS256", "ES256", "EdDSA"})
    void another_algorithm_is_refused_signed_or_not(String algorithm) {
        String signed = token("{\"alg\":\"" + algorithm + "\"}", CLAIMS);

        assertThat(reason(drf(), signed)).isEqualTo("jwt_no_key");
        assertThat(reason(drf(), signed.replaceFirst("[^.]+$", ""))).isEqualTo("jwt_no_key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"alg\":null}", "{\"alg\":256}", "{\"alg\":[\"HS256\"]}", "{\"ALG\":\"HS256\"}"})
    void a_missing_or_odd_algorithm_is_refused(String header) {
        assertThat(reason(drf(), token(header, CLAIMS))).isEqualTo("jwt_no_key");
    }

    @Test
    void a_public_key_is_never_a_secret() {
        PublicKey rsa = Keys.pair(JwtAlgorithm.RS256).getPublic();
        JwtSettings settings = JwtSettings.builder(KeyRing.verifyingOnly(JwtKey.of(JwtAlgorithm.RS256, rsa)))
                .build();
        String input = base64("{\"alg\":\"HS256\"}") + "." + base64(CLAIMS);

        for (byte[] known : new byte[][] {rsa.getEncoded(), pem(rsa)}) {
            assertThat(reason(settings, input + "." + base64(Jwts.mac("HmacSHA256", known, input))))
                    .isEqualTo("jwt_no_key");
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_algorithm_is_verified_end_to_end(JwtAlgorithm algorithm) {
        JwtKey key = Keys.of(algorithm);
        JwtSettings settings = JwtSettings.builder(KeyRing.of(key)).build();
        String input = base64("{\"alg\":\"" + algorithm.headerName() + "\"}") + "." + base64(CLAIMS);
        String token = input + "." + key.sign(input.getBytes(StandardCharsets.US_ASCII));
        String psychic = input + "." + base64(new byte[key.sign(new byte[0]).decode().length]);

        assertThat(reason(settings, token)).isEqualTo("verified");
        assertThat(reason(settings, psychic)).isEqualTo("jwt_bad_signature");
        assertThat(reason(drf(), token)).isIn("jwt_no_key", "jwt_bad_signature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"crit\":[]",
                "\"crit\":[\"exp\"]",
                "\"crit\":[\"b64\"]",
                "\"crit\":\"exp\"",
                "\"crit\":null",
                "\"crit\":{}",
                "\"b64\":false",
                "\"b64\":true",
                "\"b64\":null"
            })
    void extensions_are_refused_under_either_preset(String member) {
        assertThat(reason(drf(), token("{\"alg\":\"HS256\"," + member + "}", CLAIMS)))
                .isEqualTo("jwt_malformed");
        assertThat(reason(strict(), strictToken("," + member))).isEqualTo("jwt_malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jku", "jwk", "x5u", "x5c", "zip", "enc", "p2c"})
    void headers_that_bring_keys_or_ciphers_are_refused_when_strict(String name) {
        assertThat(reason(strict(), strictToken(",\"" + name + "\":\"https://evil.example/\"")))
                .isEqualTo("jwt_malformed");
        assertThat(reason(drf(), token("{\"alg\":\"HS256\",\"" + name + "\":\"https://evil.example/\"}", CLAIMS)))
                .isEqualTo("verified");
    }

    @Test
    void an_embedded_key_is_never_used() {
        byte[] evil = "evil evil evil evil evil evil evi".getBytes(StandardCharsets.US_ASCII);
        String input = base64("{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"" + base64(evil) + "\"}}") + "."
                + base64(CLAIMS);

        assertThat(reason(drf(), input + "." + base64(Jwts.mac("HmacSHA256", evil, input))))
                .isEqualTo("jwt_bad_signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "[]", "{}", "true"})
    void a_key_id_that_is_not_a_string_is_refused(String kid) {
        assertThat(reason(drf(), token("{\"alg\":\"HS256\",\"kid\":" + kid + "}", CLAIMS)))
                .isEqualTo("jwt_no_key");
    }

    @Test
    void strictness_demands_the_key_id() {
        assertThat(reason(strict(), strictToken(""))).isEqualTo("verified");
        assertThat(reason(strict(), token("{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}", STRICT_CLAIMS)))
                .isEqualTo("jwt_no_key");
        assertThat(reason(strict(), token("{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"../k1\"}", STRICT_CLAIMS)))
                .isEqualTo("jwt_no_key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "Application/AT+jwt"})
    void both_spellings_of_the_type_are_taken(String typ) {
        assertThat(reason(strict(), typed("\"" + typ + "\""))).isEqualTo("verified");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"JWT\"",
                "\"rt+jwt\"",
                "\"\"",
                "null",
                "1",
                "[\"at+jwt\"]",
                "\"at+jwt \"",
                "\"logout+jwt\"",
                "\"text/at+jwt\"",
                "\"application/application/at+jwt\""
            })
    void any_other_type_is_refused_when_strict_and_ignored_otherwise(String typ) {
        assertThat(reason(strict(), typed(typ))).isEqualTo("jwt_wrong_typ");
        assertThat(reason(drf(), token("{\"alg\":\"HS256\",\"typ\":" + typ + "}", CLAIMS)))
                .isEqualTo("verified");
    }

    @Test
    void another_type_is_refused_before_a_signature_is_looked_at() {
        String unsigned = typed("\"rt+jwt\"").replaceFirst("[^.]+$", "");

        assertThat(reason(strict(), unsigned)).isEqualTo("jwt_wrong_typ");
    }

    @Test
    void a_missing_type_is_refused_when_strict() {
        assertThat(reason(strict(), token("{\"alg\":\"HS256\",\"kid\":\"k1\"}", STRICT_CLAIMS)))
                .isEqualTo("jwt_wrong_typ");
    }

    @Test
    void after_a_rotation_old_and_new_tokens_verify() {
        JwtKey old = Keys.of(JwtAlgorithm.HS256).withId("old");
        JwtKey fresh = Keys.other(JwtAlgorithm.HS256).withId("new");
        JwtSettings settings = JwtSettings.builder(KeyRing.of(fresh, old)).build();
        for (JwtKey key : new JwtKey[] {old, fresh}) {
            String input =
                    base64("{\"alg\":\"HS256\",\"kid\":\"" + key.id().orElseThrow() + "\"}") + "." + base64(CLAIMS);
            String signature =
                    key.sign(input.getBytes(StandardCharsets.US_ASCII)).toString();

            assertThat(reason(settings, input + "." + signature)).isEqualTo("verified");
        }
    }

    private static String typed(String typ) {
        return token("{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":" + typ + "}", STRICT_CLAIMS);
    }

    private static String strictToken(String more) {
        return token("{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":\"at+jwt\"" + more + "}", STRICT_CLAIMS);
    }

    private static byte[] pem(PublicKey key) {
        String text = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
