package io.postern.auth.jwt;

import static io.postern.auth.jwt.Logins.LAPTOP;
import static io.postern.auth.jwt.Logins.NOW;
import static io.postern.auth.jwt.Logins.PHONE;
import static io.postern.auth.jwt.Logins.claims;
import static io.postern.auth.jwt.Logins.family;
import static io.postern.auth.jwt.Logins.good;
import static io.postern.auth.jwt.Logins.id;
import static io.postern.auth.jwt.Logins.next;
import static io.postern.auth.jwt.Logins.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.testing.Users;
import io.postern.auth.user.Device;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTest {

    private static final String REVOKED = "Revoked";
    private static final String REUSED = "Reused";

    private final Logins logins = new Logins();

    @Test
    void a_kept_token_is_good_again_and_again() {
        JwtTokens tokens = logins.in(RotationMode.NONE);
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();
        logins.pass(Duration.ofMinutes(10));

        for (int i = 0; i < 3; i++) {
            RefreshResult.Refreshed refreshed = good(tokens.refresh(token, LAPTOP));
            assertThat(refreshed.refresh()).isEmpty();
            assertThat(claims(refreshed.access()))
                    .containsEntry("iat", NOW + 600)
                    .containsEntry("exp", NOW + 900);
            assertThat(family(refreshed.access())).isEqualTo(family(token));
        }
    }

    @Test
    void an_added_token_lets_the_old_one_live() {
        JwtTokens tokens = logins.in(RotationMode.REISSUE);
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();

        String added = next(tokens.refresh(token, LAPTOP));

        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("good");
        assertThat(refusal(tokens.refresh(added, LAPTOP))).isEqualTo("good");
        assertThat(tokens.families("1", Paging.first(1_000))).hasSize(1);
    }

    @Test
    void a_replaced_token_shown_again_ends_its_login() {
        JwtTokens tokens = logins.in(RotationMode.ROTATE);
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();
        String successor = next(tokens.refresh(token, PHONE));
        assertThat(id(successor)).isNotEqualTo(id(token));
        assertThat(family(successor)).isEqualTo(family(token));

        assertThat(refusal(tokens.refresh(token, PHONE))).isEqualTo(REUSED);

        assertThat(logins.ended).containsExactly(family(token));
        assertThat(refusal(tokens.refresh(successor, LAPTOP))).isEqualTo(REVOKED);
        assertThat(logins.events.of(AuthEvent.RefreshTokenReused.class))
                .containsExactly(
                        new AuthEvent.RefreshTokenReused(logins.clock.instant(), family(token), "1", PHONE.address()));
        assertThat(tokens.families("1", Paging.first(1_000))).isEmpty();
    }

    @Test
    void within_the_grace_period_the_current_token_is_issued_again() {
        JwtTokens tokens = logins.with(settings -> settings.withMode(RotationMode.ROTATE));
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();
        String successor = next(tokens.refresh(token, LAPTOP));

        logins.pass(Duration.ofMillis(4_999));
        assertThat(next(tokens.refresh(token, LAPTOP))).isEqualTo(successor);
        assertThat(logins.events.of(AuthEvent.TokenRefreshed.class)).hasSize(1);
        assertThat(logins.ended).isEmpty();

        logins.pass(Duration.ofMillis(1));
        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo(REUSED);
        assertThat(refusal(tokens.refresh(successor, LAPTOP))).isEqualTo(REVOKED);
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.7, Firefox, true",
        "192.0.2.1, Safari, true",
        "192.0.2.1, '', true",
        "192.0.2.1, Firefox, false",
        "::ffff:192.0.2.1, Firefox, false",
        "'', '', false"
    })
    void a_repeat_within_the_grace_period_from_another_address_or_device_is_reported(
            String address, String userAgent, boolean reported) {
        JwtTokens tokens = logins.with(settings -> settings.withMode(RotationMode.ROTATE));
        String token = tokens.issue(Users.ANN, PHONE).refresh();
        String successor = next(tokens.refresh(token, LAPTOP));

        assertThat(next(tokens.refresh(token, new Device("", address, userAgent))))
                .isEqualTo(successor);

        AuthEvent.RefreshTokenRepeated event =
                new AuthEvent.RefreshTokenRepeated(logins.clock.instant(), family(token), "1", address);
        assertThat(logins.events.of(AuthEvent.RefreshTokenRepeated.class))
                .isEqualTo(reported ? List.of(event) : List.of());
        assertThat(event.level()).isEqualTo(AuthEvent.Level.WARN);
        assertThat(logins.ended).isEmpty();
    }

    @Test
    void a_token_that_is_not_valid_is_refused_with_simplejwts_message() {
        JwtTokens tokens = logins.in(RotationMode.ROTATE);
        TokenPair pair = tokens.issue(Users.ANN, LAPTOP);

        assertThat(tokens.refresh(pair.access(), LAPTOP))
                .isEqualTo(new RefreshResult.Invalid("Token has wrong type", "jwt_wrong_type"));
        assertThat(tokens.refresh("garbage", LAPTOP))
                .isEqualTo(new RefreshResult.Invalid("Token is invalid", "jwt_malformed"));
        logins.pass(Duration.ofDays(1));
        assertThat(refusal(tokens.refresh(pair.refresh(), LAPTOP))).isEqualTo("Expired");
    }

    @Test
    void a_used_token_is_reused_even_in_the_leeway_after_its_end() {
        logins.jwt(jwt -> jwt.leeway(Duration.ofMinutes(10)).refreshLifetime(Duration.ofHours(1)));
        JwtTokens tokens = logins.in(RotationMode.ROTATE);
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();
        String second = next(tokens.refresh(token, LAPTOP));
        logins.pass(Duration.ofMinutes(65));
        String third = next(tokens.refresh(second, LAPTOP));

        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo(REUSED);
        assertThat(refusal(tokens.refresh(third, LAPTOP))).isEqualTo(REVOKED);
    }

    @ParameterizedTest
    @EnumSource(RotationMode.class)
    void a_login_ends_at_last_however_often_it_is_refreshed(RotationMode mode) {
        JwtTokens tokens = logins.with(settings -> settings.withMode(mode).withMaxFamilyLifetime(Duration.ofHours(30)));
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();
        for (int hour = 0; hour < 29; hour++) {
            logins.pass(Duration.ofHours(1));
            RefreshResult result = tokens.refresh(token, LAPTOP);
            if (mode != RotationMode.NONE) {
                token = next(result);
            }
        }

        logins.pass(Duration.ofHours(1));

        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("Expired");
    }

    @Test
    void inactive_and_deleted_users_get_no_new_token() {
        JwtTokens tokens = logins.in(RotationMode.ROTATE);
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();
        String expected = "UserInactive";

        logins.users.update(UserRecord.from(Users.ANN).active(false).build());
        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo(expected);

        logins.users.update(Users.ANN);
        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("good");
        logins.users.remove("1");
        assertThat(refusal(tokens.refresh(logins.foreign(TokenType.REFRESH, "x", Map.of("user_id", "1")), LAPTOP)))
                .isEqualTo(expected);
    }

    @Test
    void inactive_users_may_pass_if_configured_but_not_deleted_ones() {
        logins.jwt(jwt -> jwt.allowInactiveUsers());
        JwtTokens tokens = logins.in(RotationMode.NONE);
        String token = tokens.issue(Users.IDA, LAPTOP).refresh();

        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("good");
        logins.users.remove("2");
        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("UserInactive");
    }

    @Test
    void another_password_ends_the_login() {
        JwtTokens tokens = logins.in(RotationMode.NONE);
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();

        logins.changePassword();

        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo(REVOKED);
        assertThat(logins.ended).containsExactly(family(token));
        assertThat(tokens.families("1", Paging.first(1_000))).isEmpty();
        assertThat(logins.events.of(AuthEvent.RefreshTokenReused.class)).isEmpty();
    }

    @Test
    void another_fingerprint_of_the_password_revokes_the_family() {
        logins.jwt(jwt -> jwt.passwordFingerprint(new byte[32]));
        JwtTokens tokens = logins.in(RotationMode.NONE);
        TokenPair pair = tokens.issue(Users.ANN, LAPTOP);
        assertThat(claims(pair.access()).get("hash_password")).asString().matches("[0-9a-f]{64}");

        logins.changePassword();

        assertThat(refusal(tokens.refresh(pair.refresh(), LAPTOP))).isEqualTo("PasswordChanged");
        assertThat(logins.ended).containsExactly(family(pair.refresh()));
        assertThat(tokens.families("1", Paging.first(1_000))).isEmpty();
        assertThat(refusal(tokens.revoke(pair.refresh()))).isEqualTo("AlreadyRevoked");
    }

    @Test
    void the_same_password_hashed_anew_ends_nothing() {
        logins.jwt(jwt -> jwt.passwordFingerprint(new byte[32]));
        JwtTokens tokens = logins.in(RotationMode.ROTATE);
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();
        String before = logins.users.findById("1").orElseThrow().passwordHash();

        assertThat(logins.users.replacePasswordHash("1", before, before.replace("1000", "1001")))
                .isTrue();

        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("good");
    }

    @Test
    void a_token_without_a_user_is_refreshed_and_replaced_once() {
        JwtTokens tokens = logins.in(RotationMode.ROTATE);
        String token = logins.foreign(TokenType.REFRESH, "x", Map.of());

        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("good");
        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo(REUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "0123456789ABCDEF0123456789ABCDEF",
                "0123456789abcdef",
                "sixteen letters!",
                "123e4567-e89b-12d3-a456-426614174000",
                "0123456789abcdef0123456789abcdef"
            })
    void a_login_adopted_from_elsewhere_is_watched_like_any_other(String id) {
        JwtTokens tokens = logins.in(RotationMode.ROTATE);
        String token = logins.foreign(TokenType.REFRESH, id, Map.of("user_id", 1L));
        String successor = next(tokens.refresh(token, LAPTOP));
        String third = next(tokens.refresh(successor, LAPTOP));
        assertThat(tokens.families("1", Paging.first(1_000))).hasSize(1);

        assertThat(refusal(tokens.refresh(token, PHONE))).isEqualTo(REUSED);

        assertThat(refusal(tokens.refresh(third, LAPTOP))).isEqualTo(REVOKED);
        assertThat(tokens.families("1", Paging.first(1_000))).isEmpty();
    }

    @Test
    void two_logins_from_elsewhere_are_two_though_their_ids_begin_alike() {
        JwtTokens tokens = logins.in(RotationMode.ROTATE);
        String one = logins.foreign(TokenType.REFRESH, "a-session-of-stranger-1", Map.of("user_id", "1"));
        String other = logins.foreign(TokenType.REFRESH, "a-session-of-stranger-2", Map.of("user_id", "1"));

        tokens.revoke(one);

        assertThat(refusal(tokens.refresh(other, LAPTOP))).isEqualTo("good");
    }

    @Test
    void a_login_from_elsewhere_is_refused_if_configured() {
        JwtTokens tokens =
                logins.with(settings -> settings.withMode(RotationMode.ROTATE).withUnknownRejected());
        String token = logins.foreign(TokenType.REFRESH, "x", Map.of("user_id", "1"));

        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("Unknown");
        assertThat(logins.ended).isEmpty();
        assertThat(refusal(tokens.refresh(tokens.issue(Users.ANN, LAPTOP).refresh(), LAPTOP)))
                .isEqualTo("good");
    }

    @Test
    void a_token_without_an_id_is_refused() {
        JwtTokens tokens = logins.in(RotationMode.NONE);
        String token = logins.foreign(TokenType.REFRESH, "", Map.of("user_id", "1"));

        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("Token has no id");
        assertThat(refusal(tokens.revoke(token))).isEqualTo("Token has no id");
        assertThat(logins.ended).isEmpty();
    }

    @Test
    void without_a_store_tokens_are_added_but_cannot_be_replaced() {
        JwtTokens tokens = logins.withoutStore().in(RotationMode.REISSUE);
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();

        assertThat(id(next(tokens.refresh(token, LAPTOP)))).isNotEqualTo(id(token));
        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("good");
        assertThatIllegalStateException()
                .isThrownBy(() -> logins.in(RotationMode.ROTATE))
                .withMessageContaining(".refreshTokens(");
    }

    @Test
    void a_revoked_token_is_reported_as_revoked_whatever_became_of_its_user() {
        JwtTokens tokens = logins.in(RotationMode.ROTATE);
        String revoked = tokens.issue(Users.ANN, LAPTOP).refresh();
        String used = tokens.issue(Users.ANN, LAPTOP).refresh();
        String live = next(tokens.refresh(used, LAPTOP));
        tokens.revoke(revoked);

        logins.users.update(UserRecord.from(Users.ANN).active(false).build());
        assertThat(refusal(tokens.refresh(revoked, LAPTOP))).isEqualTo(REVOKED);
        assertThat(refusal(tokens.refresh(used, LAPTOP))).isEqualTo(REVOKED);
        assertThat(refusal(tokens.refresh(live, LAPTOP))).isEqualTo("UserInactive");

        logins.users.remove("1");
        assertThat(refusal(tokens.refresh(revoked, LAPTOP))).isEqualTo(REVOKED);
        assertThat(refusal(tokens.refresh(live, LAPTOP))).isEqualTo("UserInactive");
    }

    @ParameterizedTest
    @EnumSource(RotationMode.class)
    void a_stored_token_that_lost_its_user_is_refused_for_that(RotationMode mode) {
        JwtTokens tokens = logins.in(mode);
        String id = id(tokens.issue(Users.ANN, LAPTOP).refresh());

        assertThat(tokens.refresh(logins.foreign(TokenType.REFRESH, id, Map.of()), LAPTOP))
                .isEqualTo(new RefreshResult.Invalid(
                        "Token contained no recognizable user identification", "jwt_no_user_claim"));
    }

    @Test
    void an_issuer_that_is_not_a_string_is_refused() {
        JwtTokens tokens = logins.in(RotationMode.NONE);
        String token = logins.foreign(TokenType.REFRESH, "x", Map.of("user_id", "1", "iss", 7L));

        assertThat(tokens.refresh(token, LAPTOP))
                .isEqualTo(new RefreshResult.Invalid("Token is invalid", "jwt_bad_claim"));
        assertThat(refusal(tokens.revoke(token))).isEqualTo("Token is invalid");
    }
}
