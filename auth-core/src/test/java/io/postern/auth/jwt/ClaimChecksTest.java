package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.jwt.VerifiedJwt.TokenType;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** drf-contract VD-5 to VD-14. Claims are JSON; "-" takes one away. */
class ClaimChecksTest {

    private static final long NOW = Jwts.NOW.getEpochSecond();

    @ParameterizedTest
    @CsvSource({"-1, verified", "0, jwt_expired", "1, jwt_expired", "100000, jwt_expired"})
    void a_token_is_expired_at_the_second_of_its_exp(long secondsAgo, String reason) {
        // exp is NOW + 1 when secondsAgo is -1.
        assertThat(drf("exp", Long.toString(NOW - secondsAgo))).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "exp, -29, verified",
        "exp, -30, jwt_expired",
        "exp, -31, jwt_expired",
        "nbf, 29, verified",
        "nbf, 30, verified",
        "nbf, 31, jwt_not_yet_valid",
        "iat, 30, verified",
        "iat, 31, jwt_not_yet_valid"
    })
    void the_leeway_is_one_and_the_same(String claim, long seconds, String reason) {
        JwtSettings settings =
                JwtSettings.builder(Jwts.keys()).leeway(Duration.ofSeconds(30)).build();

        assertThat(Jwts.reason(settings, with(base(), claim, Long.toString(NOW + seconds))))
                .isEqualTo(reason);
    }

    @Test
    void parts_of_a_second_count_for_the_clock() {
        Clock halfPast = Clock.fixed(Jwts.NOW.plusMillis(500), ZoneOffset.UTC);
        String token = with(base(), "exp", Long.toString(NOW + 1));

        assertThat(new JwtVerifier(Jwts.drf(), halfPast).verify(token, TokenType.ACCESS))
                .isInstanceOf(JwtVerification.Verified.class);
        assertThat(new JwtVerifier(Jwts.drf(), Clock.offset(halfPast, Duration.ofMillis(500)))
                        .verify(token, TokenType.ACCESS))
                .isEqualTo(Jwts.refused("Token is expired", "jwt_expired"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "\"1900000000\"", "\"\"", "{}", "[]", "1e30", "9223372036854775807", "253402300800"})
    void a_time_of_the_wrong_kind_is_bad_and_never_absent(String value) {
        for (String claim : new String[] {"exp", "nbf", "iat"}) {
            assertThat(drf(claim, value)).as(claim).isEqualTo("jwt_bad_" + claim);
            assertThat(strict(claim, value)).as(claim).isEqualTo("jwt_bad_" + claim);
        }
    }

    @Test
    void an_end_in_the_past_has_expired_even_as_a_text_and_is_bad_when_strict() {
        assertThat(drf("exp", "\"1\"")).isEqualTo("jwt_expired");
        assertThat(strict("exp", "\"1\"")).isEqualTo("jwt_bad_exp");
        assertThat(drf("iat", "\"1\"")).isEqualTo("jwt_bad_iat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1800000100.5", "1.8000001e9", "true", "0", "-1"})
    void odd_numbers_are_bad_when_strict(String value) {
        assertThat(strict("exp", value)).isEqualTo("jwt_bad_exp");
    }

    @Test
    void an_iat_a_year_ahead_is_refused() {
        assertThat(drf("iat", Long.toString(NOW + 31_536_000L))).isEqualTo("jwt_not_yet_valid");
        assertThat(strict("iat", Long.toString(NOW + 31_536_000L))).isEqualTo("jwt_not_yet_valid");
    }

    @ParameterizedTest
    @CsvSource({
        "exp, Token has no 'exp' claim, jwt_no_exp",
        "jti, Token has no id, jwt_no_id",
        "token_type, Token has no type, jwt_no_type"
    })
    void a_missing_claim_is_reported_with_simplejwts_message(String claim, String message, String reason) {
        assertThat(Jwts.verify(Jwts.drf(), with(base(), claim, "-"))).isEqualTo(Jwts.refused(message, reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iat", "iss", "aud", "exp", "jti", "token_type"})
    void strictness_demands_what_rfc_9068_does(String claim) {
        assertThat(strict("user_id", "\"1\"")).isEqualTo("verified");
        assertThat(strict(claim, "-")).isNotEqualTo("verified");
        assertThat(strict(claim, "null")).isNotEqualTo("verified");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"refresh\"", "\"sliding\"", "\"Access\"", "\"\"", "null", "1", "[\"access\"]"})
    void a_token_of_another_kind_is_refused(String type) {
        assertThat(Jwts.verify(Jwts.drf(), with(base(), "token_type", type)))
                .isEqualTo(Jwts.refused("Token has wrong type", "jwt_wrong_type"));
        assertThat(strict("token_type", type)).isEqualTo("jwt_wrong_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "null",
                "\"\"",
                "\"https://issuer.example/\"",
                "\"https://ISSUER.example\"",
                "[\"https://issuer.example\"]",
                "\"https://issuer.example.evil\"",
                "1"
            })
    void the_issuer_is_compared_exactly(String issuer) {
        assertThat(strict("iss", issuer)).isEqualTo("jwt_wrong_issuer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "null",
                "\"\"",
                "[]",
                "\"API\"",
                "\"other\"",
                "[\"other\"]",
                "[[\"api\"]]",
                "{\"api\":1}",
                "1",
                "[\"api\",1]",
                "[\"api\",null]",
                "\"api other\""
            })
    void the_audience_must_name_us(String audience) {
        assertThat(strict("aud", audience)).isEqualTo("jwt_wrong_audience");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"api\"", "[\"api\"]", "[\"other\",\"api\"]"})
    void an_audience_may_name_others_too(String audience) {
        assertThat(strict("aud", audience)).isEqualTo("verified");
    }

    @Test
    void issuer_and_audience_are_ignored_where_none_is_configured() {
        assertThat(drf("iss", "1")).isEqualTo("verified");
        assertThat(drf("aud", "[[]]")).isEqualTo("verified");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "true", "{}", "[\"a\"]"})
    void sub_and_jti_are_texts_where_they_are(String value) {
        assertThat(drf("sub", value)).isEqualTo("jwt_bad_claim");
        assertThat(drf("jti", value)).isEqualTo("jwt_bad_claim");
    }

    @Test
    void a_signed_token_does_not_live_longer_than_allowed() {
        JwtSettings settings =
                JwtSettings.builder(Jwts.keys()).maxLifetime(Duration.ofDays(1)).build();
        Map<String, String> claims = base();
        claims.put("iat", Long.toString(NOW - 100));

        assertThat(Jwts.reason(settings, with(claims, "exp", Long.toString(NOW - 100 + 86_400))))
                .isEqualTo("verified");
        assertThat(Jwts.reason(settings, with(claims, "exp", Long.toString(NOW - 100 + 86_401))))
                .isEqualTo("jwt_lives_too_long");
        claims.put("exp", "253402300799");
        assertThat(Jwts.reason(settings, with(claims, "iat", "-9223372036854775808")))
                .isNotEqualTo("verified");
    }

    @Test
    void the_maximum_lifetime_is_checked_only_with_both_times() {
        JwtSettings settings =
                JwtSettings.builder(Jwts.keys()).maxLifetime(Duration.ofDays(1)).build();

        assertThat(Jwts.reason(settings, with(base(), "iat", "-"))).isEqualTo("verified");
        assertThat(Jwts.reason(settings, with(base(), "exp", "-"))).isEqualTo("jwt_no_exp");
    }

    /** Each token has the fault of its line and all of the lines below; the first is reported (drf-contract VD-5 to VD-14). */
    @ParameterizedTest
    @CsvSource({
        "iat, 1900000000, jwt_not_yet_valid",
        "nbf, 1900000000, jwt_not_yet_valid",
        "exp, 1, jwt_expired",
        "iss, 1, jwt_wrong_issuer",
        "aud, 1, jwt_wrong_audience",
        "sub, 1, jwt_bad_claim",
        "jti, -, jwt_no_id",
        "token_type, 1, jwt_wrong_type"
    })
    void the_first_fault_is_reported(String first, String value, String reason) {
        Map<String, String> faults = new LinkedHashMap<>();
        faults.put("iat", "1900000000");
        faults.put("nbf", "1900000000");
        faults.put("exp", "1");
        faults.put("iss", "1");
        faults.put("aud", "1");
        faults.put("sub", "1");
        faults.put("jti", "-");
        faults.put("token_type", "1");
        Map<String, String> claims = base();
        claims.put("iss", "\"https://issuer.example\"");
        claims.put("aud", "\"api\"");
        List<String> order = List.copyOf(faults.keySet());
        order.subList(order.indexOf(first), order.size()).forEach(name -> claims.put(name, faults.get(name)));
        JwtSettings settings = JwtSettings.builder(Jwts.keys())
                .issuer("https://issuer.example")
                .audience("api")
                .build();

        assertThat(Jwts.reason(settings, with(claims, first, value))).isEqualTo(reason);
    }

    @Test
    void names_of_claims_can_be_changed() {
        JwtSettings settings = JwtSettings.builder(Jwts.keys())
                .tokenTypeClaim("use")
                .jtiClaim("tid")
                .build();
        Map<String, String> claims = base();
        claims.put("use", "\"access\"");

        assertThat(Jwts.reason(settings, with(claims, "tid", "\"x\""))).isEqualTo("verified");
        assertThat(Jwts.reason(settings, with(claims, "tid", "-"))).isEqualTo("jwt_no_id");
        assertThat(Jwts.reason(settings, with(base(), "tid", "\"x\""))).isEqualTo("jwt_no_type");
    }

    private static String drf(String claim, String value) {
        return Jwts.reason(Jwts.drf(), with(base(), claim, value));
    }

    private static String strict(String claim, String value) {
        Map<String, String> claims = base();
        claims.put("iss", "\"https://issuer.example\"");
        claims.put("aud", "\"api\"");
        String header = "{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":\"at+jwt\"}";
        return Jwts.reason(Jwts.strict(), Jwts.token(header, json(claims, claim, value)));
    }

    private static String with(Map<String, String> claims, String claim, String value) {
        return Jwts.token(json(claims, claim, value));
    }

    private static Map<String, String> base() {
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("token_type", "\"access\"");
        claims.put("exp", Long.toString(NOW + 300));
        claims.put("iat", Long.toString(NOW));
        claims.put("jti", "\"a\"");
        claims.put("user_id", "\"1\"");
        return claims;
    }

    private static String json(Map<String, String> claims, String claim, String value) {
        Map<String, String> all = new LinkedHashMap<>(claims);
        all.put(claim, value);
        StringBuilder json = new StringBuilder("{");
        all.forEach((name, text) -> {
            if (!text.equals("-")) {
                json.append(json.length() == 1 ? "" : ",")
                        .append('"')
                        .append(name)
                        .append("\":")
                        .append(text);
            }
        });
        return json.append('}').toString();
    }
}
