package io.postern.auth.jwt;

import static io.postern.auth.jwt.Logins.LAPTOP;
import static io.postern.auth.jwt.Logins.NOW;
import static io.postern.auth.jwt.Logins.claims;
import static io.postern.auth.jwt.Logins.good;
import static io.postern.auth.jwt.Logins.id;
import static io.postern.auth.jwt.Logins.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.testing.Users;
import io.postern.auth.user.UserRecord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlidingTest {

    private final Logins logins = new Logins();
    private final JwtTokens tokens = logins.in(RotationMode.ROTATE);

    @Test
    void a_refresh_prolongs_the_token_and_keeps_all_else() {
        String token = tokens.issueSliding(Users.ANN, LAPTOP);
        logins.pass(Duration.ofMinutes(4));

        RefreshResult.Refreshed refreshed = good(tokens.refreshSliding(token, LAPTOP));

        assertThat(refreshed.refresh()).isEmpty();
        Map<String, Object> expected = new LinkedHashMap<>(claims(token));
        expected.put("iat", NOW + 240);
        expected.put("exp", NOW + 540);
        assertThat(claims(refreshed.access())).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(id(refreshed.access())).isEqualTo(id(token));
        assertThat(refusal(tokens.refreshSliding(token, LAPTOP))).isEqualTo("good");
    }

    @Test
    void a_refresh_is_reported_to_listeners() {
        String token = tokens.issueSliding(Users.ANN, LAPTOP);
        tokens.refreshSliding(token, LAPTOP);

        assertThat(logins.events.all()).last().isInstanceOf(AuthEvent.TokenRefreshed.class);
    }

    @Test
    void inactive_deleted_and_changed_users_get_no_new_token() {
        String token = tokens.issueSliding(Users.ANN, LAPTOP);

        logins.users.update(UserRecord.from(Users.ANN).active(false).build());
        assertThat(refusal(tokens.refreshSliding(token, LAPTOP))).isEqualTo("UserInactive");
        logins.users.update(Users.ANN);
        assertThat(refusal(tokens.refreshSliding(token, LAPTOP))).isEqualTo("good");
        logins.changePassword();
        assertThat(refusal(tokens.refreshSliding(token, LAPTOP))).isEqualTo("Revoked");
        String later = tokens.issueSliding(logins.users.findById("1").orElseThrow(), LAPTOP);
        logins.users.remove("1");
        assertThat(refusal(tokens.refreshSliding(later, LAPTOP))).isEqualTo("UserInactive");
        assertThat(refusal(tokens.refreshSliding(token, LAPTOP))).isEqualTo("Revoked");
    }

    @Test
    void the_window_must_be_there_and_open() {
        assertThat(window(Map.of())).isEqualTo("Token has no 'refresh_exp' claim");
        assertThat(window(Map.of("refresh_exp", NOW))).isEqualTo("Token 'refresh_exp' claim has expired");
        assertThat(window(Map.of("refresh_exp", "soon"))).isEqualTo("Token is invalid");
        assertThat(window(Map.of("refresh_exp", NOW + 1))).isEqualTo("good");
        logins.pass(Duration.ofMillis(100));
        assertThat(window(Map.of("refresh_exp", NOW + 1))).isEqualTo("Token 'refresh_exp' claim has expired");
    }

    @Test
    void the_window_is_of_no_use_once_the_token_has_expired() {
        String token = tokens.issueSliding(Users.ANN, LAPTOP);
        logins.pass(Duration.ofMinutes(5));

        assertThat(refusal(tokens.refreshSliding(token, LAPTOP))).isEqualTo("Expired");
    }

    @Test
    void refreshing_ends_with_the_window() {
        String token = tokens.issueSliding(Users.ANN, LAPTOP);
        for (int minute = 0; minute < 24 * 60 - 4; minute += 4) {
            logins.pass(Duration.ofMinutes(4));
            token = good(tokens.refreshSliding(token, LAPTOP)).access();
        }
        logins.pass(Duration.ofMinutes(4));

        assertThat(refusal(tokens.refreshSliding(token, LAPTOP))).isEqualTo("Token 'refresh_exp' claim has expired");
    }

    @Test
    void one_kind_is_not_refreshed_as_the_other() {
        assertThat(refusal(tokens.refresh(tokens.issueSliding(Users.ANN, LAPTOP), LAPTOP)))
                .isEqualTo("Token has wrong type");
        assertThat(refusal(tokens.refreshSliding(tokens.issue(Users.ANN, LAPTOP).refresh(), LAPTOP)))
                .isEqualTo("Token has wrong type");
    }

    @Test
    void an_ended_login_is_not_prolonged() {
        String token = tokens.issueSliding(Users.ANN, LAPTOP);
        tokens.revokeAllFamilies("1");

        assertThat(refusal(tokens.refreshSliding(token, LAPTOP))).isEqualTo("Revoked");
    }

    private String window(Map<String, Object> claim) {
        Map<String, Object> claims = new LinkedHashMap<>(Map.of("user_id", "1"));
        claims.putAll(claim);
        return refusal(tokens.refreshSliding(logins.foreign(TokenType.SLIDING, "x" + claim, claims), LAPTOP));
    }
}
