package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Every mistake is told when it is made, with its mend. */
class JwtSettingsTest {

    @Test
    void defaults_are_simplejwts() {
        JwtSettings settings = Jwts.drf();

        assertThat(settings.leeway()).isZero();
        assertThat(settings.names().schemes()).containsExactly("Bearer");
        assertThat(settings.names().user()).isEqualTo("user_id");
        assertThat(settings.accepted()).containsExactly(TokenType.ACCESS);
        assertThat(settings.checkActive()).isTrue();
        assertThat(settings.maxToken()).isEqualTo(8192);
    }

    @Test
    void lifetimes_are_positive() {
        refused(b -> b.accessLifetime(Duration.ZERO), "accessLifetime must be positive");
        refused(b -> b.refreshLifetime(Duration.ofSeconds(-1)), "refreshLifetime must be positive");
        refused(b -> b.slidingLifetimes(Duration.ZERO, Duration.ofDays(1)), "slidingLifetime must be positive");
        refused(b -> b.slidingLifetimes(Duration.ofDays(1), Duration.ZERO), "slidingRefreshLifetime must be positive");
        refused(b -> b.maxLifetime(Duration.ZERO), "maxLifetime must be positive");
    }

    @Test
    void a_lifetime_that_its_own_limit_forbids_is_refused() {
        refused(b -> b.accessLifetime(Duration.ofDays(2)).maxLifetime(Duration.ofDays(1)), "maxLifetime");
        refused(b -> b.refreshLifetime(Duration.ofDays(500)).maxLifetime(Duration.ofDays(400)), "maxLifetime");
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
    void refresh_tokens_never_prove_who_makes_a_request() {
        refused(b -> b.accepted(TokenType.REFRESH), "never proves");
        refused(b -> b.accepted(TokenType.ACCESS, TokenType.REFRESH), "never proves");
        refused(b -> b.accepted(), "must name ACCESS");
    }

    @Test
    void what_is_demanded_must_be_written() {
        refused(b -> b.strictness(JwtValidation.rfc()).audience("api"), ".issuer(");
        refused(b -> b.strictness(JwtValidation.rfc()).issuer("https://i.example"), ".audience(");
    }

    @Test
    void issuer_and_audience_are_not_blank() {
        refused(b -> b.issuer(" "), "must not be blank");
        refused(b -> b.audience("api", ""), "must not be blank");
    }

    @Test
    void a_key_without_a_name_does_not_fit_where_names_are_demanded() {
        JwtKey nameless = JwtKey.hmac(JwtAlgorithm.HS256, Jwts.SECRET).withoutId();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtSettings.builder(KeyRing.of(nameless))
                        .strictness(JwtValidation.rfc())
                        .issuer("https://i.example")
                        .audience("api")
                        .build())
                .withMessageContaining("withId(");
    }

    @Test
    void a_fingerprint_needs_a_key_that_cannot_be_guessed() {
        refused(b -> b.passwordFingerprint(new byte[31]), "at least 32 random bytes");
        assertThat(JwtSettings.builder(Jwts.keys())
                        .passwordFingerprint(new byte[32])
                        .build()
                        .fingerprint())
                .isPresent();
    }

    @Test
    void each_name_of_a_claim_can_be_changed_alone() {
        JwtClaimNames names = JwtClaimNames.simplejwt();

        assertThat(names.fingerprint("f").refreshExpiry("r").user("u").id("i").type("t"))
                .isEqualTo(new JwtClaimNames(names.header(), names.schemes(), "t", "i", "u", "r", "f"));
    }

    @Test
    void the_longest_token_has_bounds() {
        refused(b -> b.maxToken(255), "from 256 to 65536");
        refused(b -> b.maxToken(65_537), "from 256 to 65536");
    }

    @Test
    void a_scheme_is_needed_and_is_one_word() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtClaimNames.simplejwt().schemes(new String[0]))
                .withMessageContaining("for instance Bearer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtClaimNames.simplejwt().schemes("Bearer "));
    }

    private static void refused(UnaryOperator<JwtSettings.Builder> mistake, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> mistake.apply(JwtSettings.builder(Jwts.keys())).build())
                .withMessageContaining(words);
    }
}
