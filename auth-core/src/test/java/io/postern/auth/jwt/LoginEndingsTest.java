package io.postern.auth.jwt;

import static io.postern.auth.jwt.Logins.LAPTOP;
import static io.postern.auth.jwt.Logins.PHONE;
import static io.postern.auth.jwt.Logins.claims;
import static io.postern.auth.jwt.Logins.family;
import static io.postern.auth.jwt.Logins.good;
import static io.postern.auth.jwt.Logins.id;
import static io.postern.auth.jwt.Logins.next;
import static io.postern.auth.jwt.Logins.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.auth.StoreException;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.jwt.JwtTokens.RevokeResult;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.refresh.RefreshSettings;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.testing.Users;
import io.postern.auth.user.Paging;
import io.postern.auth.user.StoredUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a login is over, what is notified of it, and what of it remains valid. */
class LoginEndingsTest {

    private final Logins logins = new Logins();

    @Test
    void without_a_family_only_the_revoked_user_is_notified() {
        List<List<String>> notified = new ArrayList<>();
        JwtTokens tokens = JwtTokens.builder(logins.settings(), logins.users)
                .store(logins.store)
                .onFamiliesRevoked(notified::add)
                .onUserRevoked(userId -> notified.add(List.of("user", userId)))
                .clock(logins.clock)
                .build();

        assertThat(tokens.revokeAllFamilies("1")).isZero();
        assertThat(tokens.revokeOtherFamilies("1", "none")).isZero();

        assertThat(notified).containsExactly(List.of("user", "1"));
    }

    @Test
    void many_families_are_notified_in_batches() {
        FailingOnce ends = new FailingOnce();
        ends.fails = false;
        JwtTokens tokens = notifying(ends);
        String mine = family(tokens.issue(Users.ANN, LAPTOP).refresh());
        IntStream.range(0, 1_200).forEach(i -> begin("other" + i));

        assertThat(tokens.revokeOtherFamilies("1", mine)).isEqualTo(1_200);

        assertThat(ends.notified).extracting(List::size).containsExactly(500, 500, 200);
        assertThat(ends.notified.stream().flatMap(List::stream)).hasSize(1_200).doesNotHaveDuplicates();
    }

    @Test
    void an_end_that_failed_half_way_is_completed_by_the_next_try() {
        FailingOnce ends = new FailingOnce();
        JwtTokens tokens = notifying(ends);
        String one = family(tokens.issue(Users.ANN, LAPTOP).refresh());
        String two = family(tokens.issue(Users.ANN, LAPTOP).refresh());

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> tokens.revokeFamily("1", one));
        assertThat(tokens.revokeFamily("1", one)).isTrue();
        assertThat(ends.notified).containsExactly(List.of(one));

        ends.fails = true;
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> tokens.revokeOtherFamilies("1", one));
        assertThat(tokens.revokeOtherFamilies("1", one)).isEqualTo(1);
        assertThat(ends.notified).containsExactly(List.of(one), List.of(two));
    }

    @Test
    void a_login_that_starts_while_all_are_revoked_is_notified_too_and_none_twice() {
        JwtTokens elsewhere = logins.in(RotationMode.REISSUE);
        List<String> late = new ArrayList<>();
        Recording ends = new Recording(() -> {
            if (late.isEmpty()) {
                late.add(family(elsewhere.issue(Users.ANN, LAPTOP).refresh()));
            }
        });
        JwtTokens tokens = notifying(ends);
        String one = family(tokens.issue(Users.ANN, LAPTOP).refresh());

        assertThat(tokens.revokeAllFamilies("1")).isEqualTo(2);

        assertThat(ends.families).containsExactly(one, late.get(0));
    }

    @Test
    void more_families_than_a_page_are_all_notified_before_any_is_revoked() {
        AtomicInteger pieces = new AtomicInteger();
        Recording ends = new Recording(() -> {
            if (pieces.incrementAndGet() == 2) {
                throw new StoreException("down");
            }
        });
        JwtTokens tokens = notifying(ends);
        for (int i = 0; i < 501; i++) {
            tokens.issue(Users.ANN, LAPTOP);
        }

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> tokens.revokeAllFamilies("1"));

        assertThat(ends.families).hasSize(501);
        assertThat(tokens.families("1", Paging.first(1_000))).hasSize(501);
    }

    @Test
    void a_reuse_and_a_logout_are_reported_though_the_notification_fails() {
        JwtTokens tokens = JwtTokens.builder(logins.settings(), logins.users)
                .settings(RefreshSettings.simplejwt()
                        .withMode(RotationMode.ROTATE)
                        .withReuseGracePeriod(Duration.ZERO))
                .store(logins.store)
                .onFamiliesRevoked(familyIds -> {
                    throw new StoreException("down");
                })
                .listener(logins.events)
                .clock(logins.clock)
                .build();
        String used = tokens.issue(Users.ANN, LAPTOP).refresh();
        tokens.refresh(used, LAPTOP);
        String other = tokens.issue(Users.ANN, LAPTOP).refresh();

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> tokens.refresh(used, PHONE));
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> tokens.revoke(other));

        Instant now = logins.clock.instant();
        assertThat(logins.events.of(AuthEvent.RefreshTokenReused.class))
                .containsExactly(new AuthEvent.RefreshTokenReused(now, family(used), "1", PHONE.address()));
        assertThat(logins.events.of(AuthEvent.TokenRevoked.class))
                .containsExactly(new AuthEvent.TokenRevoked(now, "family", family(other), "1"));
    }

    @Test
    void a_refused_refresh_is_reported_with_the_address_of_the_client() {
        logins.in(RotationMode.REISSUE).refresh("garbage", LAPTOP);

        assertThat(logins.events.of(AuthEvent.LoginFailed.class))
                .containsExactly(new AuthEvent.LoginFailed(
                        logins.clock.instant(), "refresh", "jwt_malformed", LAPTOP.address()));
    }

    @Test
    void a_family_of_another_user_is_neither_revoked_nor_notified() {
        FailingOnce ends = new FailingOnce();
        ends.fails = false;
        JwtTokens tokens = notifying(ends);
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();

        assertThat(tokens.revokeFamily("2", family(token))).isFalse();
        assertThat(ends.notified).isEmpty();
        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("good");
    }

    @Test
    void a_password_that_changes_while_it_is_checked_leaves_no_login() {
        JwtTokens tokens = logins.in(RotationMode.ROTATE);
        StoredUser checked = logins.users.findById("1").orElseThrow();
        logins.changePassword();

        String token = tokens.issue(checked, LAPTOP).refresh();
        String sliding = tokens.issueSliding(checked, LAPTOP);

        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("Revoked");
        assertThat(refusal(tokens.refreshSliding(sliding, LAPTOP))).isEqualTo("Revoked");
    }

    @Test
    void without_a_listener_a_family_is_revoked_all_the_same() {
        JwtTokens tokens = JwtTokens.builder(logins.settings(), logins.users)
                .store(logins.store)
                .listener(logins.events)
                .clock(logins.clock)
                .build();
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();

        assertThat(tokens.revoke(token)).isEqualTo(new RevokeResult.Revoked());
        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("Revoked");
        assertThat(tokens.revokeAllFamilies("1")).isZero();
    }

    @Test
    void what_is_revoked_elsewhere_is_not_verified() {
        List<String> asked = new ArrayList<>();
        JwtTokens tokens = JwtTokens.builder(logins.settings(), logins.users)
                .revoked(token -> asked.add(token.id()))
                .listener(logins.events)
                .clock(logins.clock)
                .build();
        String access = tokens.issue(Users.ANN, LAPTOP).access();

        assertThat(refusal(tokens.verify(access))).isEqualTo("Revoked");
        assertThat(asked).containsExactly(id(access));
        assertThat(refusal(logins.in(RotationMode.REISSUE).verify(access))).isEqualTo("good");
    }

    @ParameterizedTest
    @EnumSource(RotationMode.class)
    void a_login_lives_as_long_as_its_last_token(RotationMode mode) {
        JwtTokens tokens = logins.in(mode);
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();
        logins.pass(Duration.ofHours(23));
        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("good");

        logins.pass(Duration.ofHours(2).plusSeconds(1));

        boolean prolonged = mode != RotationMode.NONE;
        assertThat(tokens.deleteExpired(10)).isEqualTo(prolonged ? 0 : 1);
    }

    @Test
    void a_token_without_a_record_revokes_its_family_and_a_used_one_is_not_the_first_to_do_so() {
        JwtTokens tokens = logins.in(RotationMode.ROTATE);
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();
        String successor = next(tokens.refresh(token, LAPTOP));
        String other = tokens.issue(Users.ANN, LAPTOP).refresh();

        assertThat(revoked(family(token), id(token))).isFalse();
        assertThat(revoked(family(other), "unrecorded")).isTrue();
        assertThat(revoked(family(other), id(other))).isFalse();

        assertThat(logins.store.stateOf(family(token), id(successor))).isEqualTo(TokenState.REVOKED);
        assertThat(logins.store.stateOf(family(other), id(other))).isEqualTo(TokenState.REVOKED);
    }

    @Test
    void an_access_token_does_not_inherit_the_id_of_a_refresh_token_from_elsewhere() {
        logins.jwt(jwt -> jwt.jtiClaim("tid"));
        JwtTokens tokens = logins.in(RotationMode.REISSUE);
        String token = logins.foreign(TokenType.REFRESH, "its-jti", Map.of("tid", "its-tid", "user_id", "1"));

        RefreshResult.Refreshed refreshed = good(tokens.refresh(token, LAPTOP));

        assertThat(claims(refreshed.access())).doesNotContainKey("jti");
        assertThat(claims(refreshed.access()).get("tid")).isNotEqualTo("its-tid");
    }

    private void begin(String familyId) {
        Instant now = logins.clock.instant();
        TokenRecord slot = new TokenRecord("t", now, now.plusSeconds(60));
        logins.store.start(new TokenFamily(familyId, "1", "", LAPTOP, now, now, slot.expires(), slot.expires()), slot);
    }

    private boolean revoked(String familyId, String tokenId) {
        Instant now = logins.clock.instant();
        TokenRecord slot = new TokenRecord(tokenId, now, now.plusSeconds(60));
        return logins.store.revoke(
                new TokenFamily(familyId, "1", "", LAPTOP, now, now, slot.expires(), slot.expires()), slot);
    }

    /** Creates a service that notifies a listener. */
    private JwtTokens notifying(FamilyRevocationListener ends) {
        return JwtTokens.builder(logins.settings(), logins.users)
                .store(logins.store)
                .onFamiliesRevoked(ends::familiesRevoked)
                .onUserRevoked(ends::userRevoked)
                .listener(logins.events)
                .clock(logins.clock)
                .build();
    }

    /** Records the families that it is notified of, and runs an action then. */
    private record Recording(List<String> families, Runnable then) implements FamilyRevocationListener {

        Recording(Runnable then) {
            this(new ArrayList<>(), then);
        }

        @Override
        public void familiesRevoked(List<String> familyIds) {
            families.addAll(familyIds);
            then.run();
        }

        @Override
        public void userRevoked(String userId) {
            // only families are examined
        }
    }

    private static final class FailingOnce implements FamilyRevocationListener {

        private final List<List<String>> notified = new ArrayList<>();
        private boolean fails = true;

        @Override
        public void familiesRevoked(List<String> familyIds) {
            if (fails) {
                fails = false;
                throw new StoreException("down");
            }
            notified.add(familyIds);
        }

        @Override
        public void userRevoked(String userId) {
            notified.add(List.of(userId));
        }
    }
}
