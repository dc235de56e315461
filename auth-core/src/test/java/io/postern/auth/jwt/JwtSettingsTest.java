package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.Challenge;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.testing.Users;
import io.postern.auth.user.StoredUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Settings that cannot work fail early, and the message says how to fix them. */
class JwtSettingsTest {

    private static final StoredUser ANN = new StoredUser(Users.ANN, "hash", "stamp");

    @Test
    void defaults_are_simplejwts() {
        JwtSettings settings = Jwts.drf();

        assertThat(List.of(
                        settings.accessLifetime(),
                        settings.refreshLifetime(),
                        settings.slidingLifetime(),
                        settings.slidingRefreshLifetime(),
                        settings.leeway()))
                .containsExactly(
                        Duration.ofMinutes(5),
                        Duration.ofDays(1),
                        Duration.ofMinutes(5),
                        Duration.ofDays(1),
                        Duration.ZERO);
        assertThat(settings.values.maxLifetime).isNull();
        assertThat(settings.values.issuer).isNull();
        assertThat(settings.values.audience).isEmpty();
        assertThat(settings.values.headerName).isEqualTo("Authorization");
        assertThat(settings.values.schemes).containsExactly("Bearer");
        assertThat(settings.challenge()).isEqualTo(Challenge.of("Bearer").withParameter("realm", "api"));
        assertThat(claims(settings)).containsExactly("token_type", "jti", "user_id", "refresh_exp", "hash_password");
        assertThat(settings.accepted()).containsExactly(TokenType.ACCESS);
        assertThat(settings.values.usernameAsUserId).isFalse();
        assertThat(settings.values.checkActive).isTrue();
        assertThat(settings.passwordFingerprint(ANN)).isEmpty();
        assertThat(settings.values.encryption).isNull();
        assertThat(settings.values.maxToken).isEqualTo(8192);
        assertThat(settings.values.requiredClaims).isEmpty();
        assertThat(switches(settings)).containsExactly(false, false, false, false, false);
    }

    @Test
    void lifetimes_are_positive() {
        refused(b -> b.accessLifetime(Duration.ZERO), "accessLifetime must be positive");
        refused(b -> b.refreshLifetime(Duration.ofSeconds(-1)), "refreshLifetime must be positive");
        refused(
                b -> b.slidingLifetime(Duration.ZERO).slidingRefreshLifetime(Duration.ofDays(1)),
                "slidingLifetime must be positive");
        refused(
                b -> b.slidingLifetime(Duration.ofDays(1)).slidingRefreshLifetime(Duration.ZERO),
                "slidingRefreshLifetime must be positive");
        refused(b -> b.maxLifetime(Duration.ZERO), "maxLifetime must be positive");
    }

    @Test
    void a_lifetime_that_its_own_limit_forbids_is_refused() {
        Duration limit = Duration.ofDays(2);
        Duration more = Duration.ofDays(3);
        refused(b -> b.accessLifetime(more).maxLifetime(limit), "accessLifetime is PT72H");
        refused(b -> b.refreshLifetime(more).maxLifetime(limit), "raise maxLifetime or shorten refreshLifetime");
        refused(b -> b.slidingLifetime(more).maxLifetime(limit), "slidingLifetime is PT72H");
        assertThat(JwtSettings.builder(Jwts.keys())
                        .slidingRefreshLifetime(more)
                        .maxLifetime(limit)
                        .build()
                        .values
                        .maxLifetime)
                .isEqualTo(limit);
    }

    @Test
    void the_leeway_has_bounds() {
        refused(b -> b.leeway(Duration.ofSeconds(-1)), "from 0 to 10 minutes");
        refused(b -> b.leeway(Duration.ofMinutes(10).plusNanos(1)), "from 0 to 10 minutes");
        assertThat(JwtSettings.builder(Jwts.keys())
                        .leeway(Duration.ofMinutes(10))
                        .build()
                        .leeway())
                .hasMinutes(10);
    }

    @Test
    void refresh_tokens_never_authenticate_a_request() {
        refused(b -> b.accepted(TokenType.REFRESH), "never authenticates");
        refused(b -> b.accepted(TokenType.ACCESS, TokenType.REFRESH), "never authenticates");
        refused(b -> b.accepted(), "must contain ACCESS");
    }

    @Test
    void required_claims_must_also_be_written() {
        refused(b -> b.requiredClaims("iss").audience("api"), ".issuer(");
        refused(b -> b.requiredClaims("aud").issuer("https://i.example"), ".audience(");
    }

    @Test
    void issuer_and_audience_are_not_blank() {
        refused(b -> b.issuer(" "), "must not be blank");
        refused(b -> b.audience("api", ""), "must not be blank");
    }

    @Test
    void a_signing_key_without_an_id_contradicts_required_key_ids() {
        JwtKey nameless = JwtKey.hmac(JwtAlgorithm.HS256, Jwts.SECRET).withoutId();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtSettings.builder(KeyRing.of(nameless))
                        .requireKeyId(true)
                        .build())
                .withMessageContaining("requireKeyId")
                .withMessageContaining("withId(");
    }

    @Test
    void a_fingerprint_needs_a_key_that_cannot_be_guessed() {
        refused(b -> b.passwordFingerprint(new byte[31]), "at least 32 random bytes");
        assertThat(JwtSettings.builder(Jwts.keys())
                        .passwordFingerprint(new byte[32])
                        .build()
                        .passwordFingerprint(ANN))
                .hasValueSatisfying(value -> assertThat(value).matches("[0-9a-f]{64}"));
    }

    @Test
    void a_fingerprint_can_be_computed_from_the_stored_user() {
        JwtSettings settings = JwtSettings.builder(Jwts.keys())
                .passwordFingerprint(user -> "of " + user.user().username())
                .build();

        assertThat(settings.passwordFingerprint(ANN)).contains("of ann");
    }

    @Test
    void each_name_of_a_claim_can_be_changed_alone() {
        List<UnaryOperator<JwtSettings.Builder>> changes = List.of(
                b -> b.tokenTypeClaim("x"),
                b -> b.jtiClaim("x"),
                b -> b.userIdClaim("x"),
                b -> b.slidingRefreshExpClaim("x"),
                b -> b.revokeTokenClaim("x"));

        for (int i = 0; i < changes.size(); i++) {
            List<String> expected = new ArrayList<>(claims(Jwts.drf()));
            expected.set(i, "x");
            assertThat(claims(changes.get(i)
                            .apply(JwtSettings.builder(Jwts.keys()))
                            .build()))
                    .isEqualTo(expected);
        }
    }

    @Test
    void each_check_can_be_set_alone() {
        List<UnaryOperator<JwtSettings.Builder>> changes = List.of(
                b -> b.requireTyp(true),
                b -> b.integerTimes(true),
                b -> b.requireKeyId(true),
                b -> b.rejectKeyHeaders(true),
                b -> b.ignoreSchemeCase(true));

        for (int i = 0; i < changes.size(); i++) {
            List<Boolean> expected = new ArrayList<>(Collections.nCopies(changes.size(), false));
            expected.set(i, true);
            assertThat(switches(changes.get(i)
                            .apply(JwtSettings.builder(Jwts.keys()))
                            .build()))
                    .isEqualTo(expected);
        }
    }

    @Test
    void the_longest_token_has_bounds() {
        refused(b -> b.maxToken(255), "from 256 to 65536");
        refused(b -> b.maxToken(65_537), "from 256 to 65536");
    }

    @Test
    void a_scheme_is_needed_and_is_one_word() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtSettings.builder(Jwts.keys()).schemes(new String[0]))
                .withMessageContaining("for instance Bearer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtSettings.builder(Jwts.keys()).schemes("Bearer "));
    }

    private static List<String> claims(JwtSettings settings) {
        return List.of(
                settings.values.tokenTypeClaim,
                settings.values.jtiClaim,
                settings.userIdClaim(),
                settings.values.slidingRefreshExpClaim,
                settings.values.revokeTokenClaim);
    }

    private static List<Boolean> switches(JwtSettings settings) {
        return List.of(
                settings.values.requireTyp,
                settings.values.integerTimes,
                settings.values.requireKeyId,
                settings.values.rejectKeyHeaders,
                settings.values.ignoreSchemeCase);
    }

    private static void refused(UnaryOperator<JwtSettings.Builder> mistake, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> mistake.apply(JwtSettings.builder(Jwts.keys())).build())
                .withMessageContaining(words);
    }
}
