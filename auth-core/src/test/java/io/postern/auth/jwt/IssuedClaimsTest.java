package io.postern.auth.jwt;

import static io.postern.auth.jwt.Logins.LAPTOP;
import static io.postern.auth.jwt.Logins.NOW;
import static io.postern.auth.jwt.Logins.claims;
import static io.postern.auth.jwt.Logins.family;
import static io.postern.auth.jwt.Logins.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.testing.Users;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuedClaimsTest {

    private final Logins logins = new Logins();

    @Test
    void a_refresh_token_has_simplejwts_claims_in_simplejwts_order() {
        TokenPair pair = logins.in(RotationMode.NONE).issue(Users.ANN, LAPTOP);

        Map<String, Object> claims = claims(pair.refresh());
        assertThat(claims.keySet()).containsExactly("token_type", "exp", "iat", "jti", "user_id");
        assertThat(claims)
                .containsEntry("token_type", "refresh")
                .containsEntry("iat", NOW)
                .containsEntry("exp", NOW + 86_400)
                .containsEntry("user_id", "1");
        assertThat(id(pair.refresh())).matches("[0-9a-f]{32}");
    }

    @Test
    void an_access_token_counts_from_the_same_instant_and_belongs_to_the_same_family() {
        TokenPair pair = logins.in(RotationMode.NONE).issue(Users.ANN, LAPTOP);

        assertThat(claims(pair.access()).keySet()).containsExactly("token_type", "exp", "iat", "jti", "user_id");
        assertThat(claims(pair.access()))
                .containsEntry("token_type", "access")
                .containsEntry("iat", NOW)
                .containsEntry("exp", NOW + 300);
        assertThat(id(pair.access())).isNotEqualTo(id(pair.refresh()));
        assertThat(family(pair.access())).isEqualTo(family(pair.refresh()));
    }

    @Test
    void two_logins_are_two_families() {
        JwtTokens tokens = logins.in(RotationMode.NONE);

        assertThat(family(tokens.issue(Users.ANN, LAPTOP).refresh()))
                .isNotEqualTo(family(tokens.issue(Users.ANN, LAPTOP).refresh()));
    }

    @Test
    void a_sliding_token_contains_the_end_of_its_refresh_period() {
        String token = logins.in(RotationMode.NONE).issueSliding(Users.ANN, LAPTOP);

        assertThat(claims(token).keySet()).containsExactly("token_type", "exp", "iat", "jti", "refresh_exp", "user_id");
        assertThat(claims(token))
                .containsEntry("token_type", "sliding")
                .containsEntry("exp", NOW + 300)
                .containsEntry("refresh_exp", NOW + 86_400);
    }

    @Test
    void custom_claims_come_last_and_go_into_access_tokens_and_successors() {
        JwtTokens tokens = logins.with(
                settings -> settings.withMode(RotationMode.ROTATE).withClaims(user -> Map.of("name", user.username())));
        TokenPair pair = tokens.issue(Users.ANN, LAPTOP);
        RefreshResult.Refreshed refreshed = Logins.good(tokens.refresh(pair.refresh(), LAPTOP));

        for (String token : List.of(
                pair.refresh(),
                pair.access(),
                refreshed.access(),
                refreshed.refresh().orElseThrow())) {
            assertThat(claims(token).keySet()).containsExactly("token_type", "exp", "iat", "jti", "user_id", "name");
            assertThat(claims(token)).containsEntry("name", "ann");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat", "nbf", "iss", "aud", "sub", "jti", "token_type", "user_id", "hash_password"})
    void a_custom_claim_cannot_take_the_place_of_the_librarys(String name) {
        logins.jwt(jwt -> jwt.passwordFingerprint(new byte[32]));
        JwtTokens tokens = logins.with(settings -> settings.withClaims(user -> Map.of(name, "evil")));

        assertThatIllegalStateException()
                .isThrownBy(() -> tokens.issue(Users.ANN, LAPTOP))
                .withMessageContaining(name);
        assertThat(tokens.families("1", Paging.first(1_000))).isEmpty();
    }

    @Test
    void a_token_too_long_to_be_read_again_is_not_issued() {
        JwtTokens tokens = logins.with(settings -> settings.withClaims(user -> Map.of("much", "x".repeat(9_000))));

        assertThatIllegalStateException()
                .isThrownBy(() -> tokens.issue(Users.ANN, LAPTOP))
                .withMessageContaining("fewer claims")
                .withMessageNotContaining("xxx");
        assertThat(tokens.families("1", Paging.first(1_000))).isEmpty();
    }

    @Test
    void claims_have_the_configured_names() {
        logins.jwt(jwt -> jwt.tokenTypeClaim("kind")
                .jtiClaim("tid")
                .userIdClaim("who")
                .usernameAsUserId()
                .issuer("https://issuer.example")
                .audience("api"));

        TokenPair pair = logins.in(RotationMode.NONE).issue(Users.ANN, LAPTOP);

        for (String token : List.of(pair.refresh(), pair.access())) {
            assertThat(claims(token).keySet()).containsExactly("kind", "exp", "iat", "tid", "who", "aud", "iss");
            assertThat(claims(token)).containsEntry("who", "ann").containsEntry("aud", "api");
        }
    }

    @Test
    void no_token_outlives_the_longest_family() {
        JwtTokens tokens = logins.with(settings -> settings.withMaxFamilyLifetime(Duration.ofMinutes(1)));

        assertThat(claims(tokens.issue(Users.ANN, LAPTOP).refresh())).containsEntry("exp", NOW + 60);
        assertThat(claims(tokens.issueSliding(Users.ANN, LAPTOP))).containsEntry("exp", NOW + 60);
    }

    @Test
    void an_unknown_user_gets_no_token() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> logins.in(RotationMode.NONE).issue(UserRecord.of("9", "unknown"), LAPTOP));
    }

    @Test
    void tokens_do_not_print() {
        TokenPair pair = logins.in(RotationMode.NONE).issue(Users.ANN, LAPTOP);

        assertThat(pair).hasToString("TokenPair[***]");
        assertThat(new RefreshResult.Refreshed(pair.access(), Optional.of(pair.refresh())))
                .hasToString("Refreshed[***]");
    }

    /** What simplejwt copies; a demoted user would stay staff for a stateless service as long as the family lives. */
    @ParameterizedTest
    @EnumSource(RotationMode.class)
    void a_refresh_computes_the_claims_again(RotationMode mode) {
        Map<String, Object> further = new LinkedHashMap<>(Map.of("is_staff", true, "team", "a"));
        JwtTokens tokens = logins.with(settings -> settings.withMode(mode).withClaims(user -> further));
        String refresh = tokens.issue(Users.ANN, LAPTOP).refresh();
        further.put("is_staff", false);
        further.remove("team");

        RefreshResult.Refreshed refreshed = Logins.good(tokens.refresh(refresh, LAPTOP));

        assertThat(furtherOf(refreshed.access())).isEqualTo(Map.of("is_staff", false));
        refreshed.refresh().ifPresent(token -> {
            assertThat(furtherOf(token)).isEqualTo(Map.of("is_staff", false));
            assertThat(claims(token).keySet())
                    .containsExactly("token_type", "exp", "iat", "jti", "user_id", "is_staff");
        });
    }

    @Test
    void a_refresh_of_a_sliding_token_computes_the_claims_again_and_keeps_its_period() {
        logins.jwt(jwt -> jwt.passwordFingerprint(new byte[32]).issuer("https://issuer.example"));
        Map<String, Object> further = new LinkedHashMap<>(Map.of("is_staff", true));
        JwtTokens tokens = logins.with(settings -> settings.withClaims(user -> further));
        String sliding = tokens.issueSliding(Users.ANN, LAPTOP);
        further.clear();

        String refreshed = Logins.good(tokens.refreshSliding(sliding, LAPTOP)).access();

        assertThat(claims(refreshed).keySet())
                .containsExactlyInAnyOrder(
                        "token_type", "exp", "iat", "jti", "refresh_exp", "user_id", "hash_password", "iss");
        assertThat(claims(refreshed).get("refresh_exp"))
                .isEqualTo(claims(sliding).get("refresh_exp"));
    }

    @Test
    void the_claims_of_the_login_are_copied_if_configured_or_if_there_is_nothing_to_ask() {
        List<String> asked = new ArrayList<>();
        JwtTokens copying = logins.with(settings -> settings.withLoginClaims(user -> {
            asked.add(user.id());
            return Map.of("is_staff", asked.size() == 1);
        }));
        JwtTokens plain = logins.in(RotationMode.NONE);
        String foreign = logins.foreign(TokenType.REFRESH, "x", Map.of("user_id", "1", "tenant", "a"));

        String copied = Logins.good(
                        copying.refresh(copying.issue(Users.ANN, LAPTOP).refresh(), LAPTOP))
                .access();

        assertThat(furtherOf(copied)).isEqualTo(Map.of("is_staff", true));
        assertThat(asked).containsExactly("1");
        assertThat(furtherOf(Logins.good(plain.refresh(foreign, LAPTOP)).access()))
                .isEqualTo(Map.of("tenant", "a"));
    }

    @Test
    void a_token_without_a_user_keeps_its_claims() {
        JwtTokens tokens = logins.with(settings -> settings.withClaims(user -> Map.of("team", "a")));
        String foreign = logins.foreign(TokenType.REFRESH, "x", Map.of("tenant", "b"));

        String access = Logins.good(tokens.refresh(foreign, LAPTOP)).access();

        assertThat(claims(access)).containsEntry("tenant", "b").doesNotContainKey("team");
    }

    private static Map<String, Object> furtherOf(String token) {
        Map<String, Object> further = new LinkedHashMap<>(claims(token));
        further.keySet().removeAll(List.of("token_type", "exp", "iat", "jti", "user_id"));
        return further;
    }
}
