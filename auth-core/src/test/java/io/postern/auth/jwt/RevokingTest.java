package io.postern.auth.jwt;

import static io.postern.auth.jwt.Logins.LAPTOP;
import static io.postern.auth.jwt.Logins.PHONE;
import static io.postern.auth.jwt.Logins.family;
import static io.postern.auth.jwt.Logins.next;
import static io.postern.auth.jwt.Logins.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.internal.JsonLimits;
import io.postern.auth.internal.JsonReader;
import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.jwt.JwtTokens.RevokeResult;
import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.jwt.JwtTokens.VerifyResult;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.testing.Users;
import io.postern.auth.user.Device;
import io.postern.auth.user.Paging;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevokingTest {

    private static final RevokeResult REVOKED = new RevokeResult.Revoked();

    private final Logins logins = new Logins();
    private final JwtTokens tokens = logins.in(RotationMode.ROTATE);

    @Test
    void a_revoked_token_ends_its_login_once() {
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();

        assertThat(tokens.revoke(token)).isEqualTo(REVOKED);

        assertThat(logins.ended).containsExactly(family(token));
        assertThat(logins.events.of(AuthEvent.TokenRevoked.class))
                .containsExactly(new AuthEvent.TokenRevoked(logins.clock.instant(), "family", family(token), "1"));
        assertThat(tokens.revoke(token)).isEqualTo(new RevokeResult.AlreadyRevoked());
        assertThat(tokens.refresh(token, LAPTOP)).isEqualTo(new RefreshResult.Revoked());
        assertThat(logins.events.of(AuthEvent.TokenRevoked.class)).hasSize(1);
    }

    @Test
    void a_logout_with_a_token_that_was_refreshed_meanwhile_ends_the_login_too() {
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();
        String successor = next(tokens.refresh(token, LAPTOP));

        assertThat(tokens.revoke(token)).isEqualTo(new RevokeResult.AlreadyRevoked());

        assertThat(logins.ended).containsExactly(family(token));
        assertThat(refusal(tokens.refresh(successor, LAPTOP))).isEqualTo("Revoked");
    }

    @Test
    void a_repeated_logout_notifies_again_as_the_first_notification_may_have_failed() {
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();
        tokens.revoke(token);

        tokens.revoke(token);
        tokens.refresh(token, LAPTOP);

        assertThat(logins.ended).containsExactly(family(token), family(token), family(token));
    }

    @Test
    void only_refresh_tokens_can_be_revoked() {
        TokenPair pair = tokens.issue(Users.ANN, LAPTOP);

        assertThat(refusal(tokens.revoke(pair.access()))).isEqualTo("Token has wrong type");
        assertThat(refusal(tokens.revoke(tokens.issueSliding(Users.ANN, LAPTOP))))
                .isEqualTo("Token has wrong type");
        assertThat(refusal(tokens.revoke("garbage"))).isEqualTo("Token is invalid");
        assertThat(logins.ended).isEmpty();
    }

    @Test
    void a_token_from_elsewhere_can_be_revoked() {
        String token = logins.foreign(TokenType.REFRESH, "from-elsewhere", Map.of("user_id", "1"));

        assertThat(tokens.revoke(token)).isEqualTo(REVOKED);

        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("Revoked");
    }

    @Test
    void without_a_store_a_revoked_token_stays_good() {
        JwtTokens unkept = logins.withoutStore().in(RotationMode.NONE);
        String token = unkept.issue(Users.ANN, LAPTOP).refresh();

        assertThat(unkept.revoke(token)).isEqualTo(REVOKED);
        assertThat(refusal(unkept.refresh(token, LAPTOP))).isEqualTo("good");
        assertThatIllegalStateException()
                .isThrownBy(() -> unkept.families("1", Paging.first(1_000)))
                .withMessageContaining(".refreshTokens(");
        assertThatIllegalStateException().isThrownBy(() -> unkept.revokeAllFamilies("1"));
        assertThat(unkept.deleteExpired(10)).isZero();
    }

    @Test
    void revoking_nothing_causes_no_event() {
        JwtTokens idle = JwtTokens.builder(logins.settings(), logins.users)
                .listener(logins.events)
                .clock(logins.clock)
                .build();

        assertThat(idle.revoke(idle.issue(Users.ANN, LAPTOP).refresh())).isEqualTo(REVOKED);

        assertThat(logins.events.of(AuthEvent.TokenRevoked.class)).isEmpty();
    }

    @Test
    void without_a_store_the_end_of_access_tokens_is_an_event() {
        JwtTokens unkept = logins.withoutStore().in(RotationMode.NONE);
        String token = unkept.issue(Users.ANN, LAPTOP).refresh();

        assertThat(unkept.revoke(token)).isEqualTo(REVOKED);

        assertThat(logins.ended).containsExactly(family(token));
        assertThat(logins.events.of(AuthEvent.TokenRevoked.class))
                .containsExactly(new AuthEvent.TokenRevoked(logins.clock.instant(), "family", family(token), "1"));
    }

    @Test
    void a_store_alone_makes_a_logout_an_event() {
        JwtTokens kept = JwtTokens.builder(logins.settings(), logins.users)
                .store(logins.store)
                .listener(logins.events)
                .clock(logins.clock)
                .build();

        assertThat(kept.revoke(kept.issue(Users.ANN, LAPTOP).refresh())).isEqualTo(REVOKED);

        assertThat(logins.events.of(AuthEvent.TokenRevoked.class)).hasSize(1);
    }

    @Test
    void verify_consults_the_blacklist_only_with_rotation() {
        TokenPair pair = tokens.issue(Users.ANN, LAPTOP);
        assertThat(refusal(tokens.verify(pair.refresh()))).isEqualTo("good");
        assertThat(refusal(tokens.verify(pair.access()))).isEqualTo("good");
        tokens.revoke(pair.refresh());

        assertThat(tokens.verify(pair.refresh())).isEqualTo(new VerifyResult.Revoked());
        assertThat(refusal(logins.in(RotationMode.NONE).verify(pair.refresh()))).isEqualTo("good");
        assertThat(tokens.verify("garbage")).isEqualTo(new VerifyResult.Invalid("Token is invalid", "jwt_malformed"));
    }

    @Test
    void a_user_sees_where_they_are_logged_in() {
        String laptop = tokens.issue(Users.ANN, LAPTOP).refresh();
        logins.pass(Duration.ofMinutes(1));
        tokens.issue(Users.ANN, PHONE);
        logins.pass(Duration.ofMinutes(1));
        tokens.refresh(laptop, new Device("", "203.0.113.5", "Opera"));

        List<TokenFamily> families = tokens.families("1", Paging.first(1_000));

        assertThat(families)
                .extracting(TokenFamily::device)
                .containsExactly(new Device("laptop", "203.0.113.5", "Opera"), PHONE);
        assertThat(families.get(0).created()).isEqualTo(logins.clock.instant().minusSeconds(120));
        assertThat(families.get(0).lastRefreshed()).isEqualTo(logins.clock.instant());
        assertThat(families.toString())
                .isEqualTo(
                        "[TokenFamily[%s of 1], TokenFamily[%s of 1]]",
                        families.get(0).id(), families.get(1).id());
        assertThat(tokens.families("2", Paging.first(1_000))).isEmpty();
        logins.pass(Duration.ofDays(1));
        assertThat(tokens.families("1", Paging.first(1_000))).isEmpty();
    }

    @Test
    void one_login_is_ended_by_its_owner_only() {
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();

        assertThat(tokens.revokeFamily("2", family(token))).isFalse();
        assertThat(logins.ended).isEmpty();
        assertThat(tokens.revokeFamily("1", family(token))).isTrue();
        assertThat(tokens.revokeFamily("1", family(token))).isFalse();

        assertThat(logins.ended).containsExactly(family(token));
        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("Revoked");
    }

    @Test
    void all_other_logins_are_ended() {
        String stays = tokens.issue(Users.ANN, LAPTOP).refresh();
        String goes = tokens.issue(Users.ANN, PHONE).refresh();
        String foreign = tokens.issue(Users.IDA, PHONE).refresh();

        assertThat(tokens.revokeOtherFamilies("1", family(stays))).isEqualTo(1);

        assertThat(logins.ended).containsExactly(family(goes));
        assertThat(refusal(tokens.refresh(stays, LAPTOP))).isEqualTo("good");
        assertThat(tokens.families("2", Paging.first(1_000)))
                .extracting(TokenFamily::id)
                .containsExactly(family(foreign));
    }

    @Test
    void all_logins_are_ended_with_what_the_store_does_not_know() {
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();

        assertThat(tokens.revokeAllFamilies("1")).isEqualTo(1);
        assertThat(tokens.revokeAllFamilies("1")).isZero();

        assertThat(logins.ended).containsExactly(family(token), "user 1", "user 1");
        assertThat(logins.events.of(AuthEvent.TokenRevoked.class)).hasSize(1);
    }

    @Test
    void a_user_is_ended_under_the_name_that_tokens_carry() {
        logins.jwt(jwt -> jwt.usernameAsUserId());

        logins.in(RotationMode.NONE).revokeAllFamilies("1");

        assertThat(logins.ended).containsExactly("user ann");
    }

    @Test
    void expired_families_are_deleted_an_hour_later() {
        tokens.issue(Users.ANN, LAPTOP);
        tokens.issue(Users.ANN, PHONE);
        logins.pass(Duration.ofHours(25));
        assertThat(tokens.deleteExpired(10)).isZero();
        logins.pass(Duration.ofSeconds(1));

        assertThat(List.of(tokens.deleteExpired(1), tokens.deleteExpired(1), tokens.deleteExpired(1)))
                .containsExactly(1, 1, 0);
    }

    @Test
    void each_login_and_refresh_is_reported() {
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();
        tokens.refresh(token, PHONE);

        assertThat(logins.events.all())
                .containsExactly(
                        new AuthEvent.TokenIssued(logins.clock.instant(), "refresh", Logins.id(token), "1"),
                        new AuthEvent.TokenRefreshed(logins.clock.instant(), family(token), "1", PHONE.address()));
    }

    @Test
    void an_access_token_has_the_wrong_type_also_after_its_login_has_ended() {
        TokenPair pair = tokens.issue(Users.ANN, LAPTOP);
        tokens.revoke(pair.refresh());

        assertThat(refusal(tokens.refresh(pair.access(), LAPTOP))).isEqualTo("Token has wrong type");
        assertThat(refusal(tokens.revoke(pair.access()))).isEqualTo("Token has wrong type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1.5", "[]", "{}"})
    void a_user_that_is_neither_a_string_nor_a_number_is_refused(String claim) {
        Object value = JsonReader.read(claim, JsonLimits.TOKEN);
        String token = logins.foreign(TokenType.REFRESH, "x", Map.of("user_id", value));

        assertThat(tokens.revoke(token)).isEqualTo(new RevokeResult.Invalid("Token is invalid", "jwt_bad_claim"));
    }

    @Test
    void events_name_the_user_by_id_even_if_tokens_do_not() {
        logins.jwt(jwt -> jwt.usernameAsUserId());
        JwtTokens named = logins.in(RotationMode.ROTATE);
        String first = named.issue(Users.ANN, LAPTOP).refresh();
        named.refresh(first, LAPTOP);
        named.refresh(first, LAPTOP);
        named.revoke(named.issue(Users.ANN, LAPTOP).refresh());
        named.revokeFamily("1", family(named.issue(Users.ANN, LAPTOP).refresh()));

        assertThat(logins.events.of(AuthEvent.TokenIssued.class))
                .extracting(AuthEvent.TokenIssued::userId)
                .containsExactly("1", "1", "1");
        assertThat(logins.events.of(AuthEvent.TokenRefreshed.class))
                .extracting(AuthEvent.TokenRefreshed::userId)
                .containsExactly("1");
        assertThat(logins.events.of(AuthEvent.RefreshTokenReused.class))
                .extracting(AuthEvent.RefreshTokenReused::userId)
                .containsExactly("1");
        assertThat(logins.events.of(AuthEvent.TokenRevoked.class))
                .extracting(AuthEvent.TokenRevoked::userId)
                .containsExactly("1", "1");
    }
}
