package io.postern.auth.jwt;

import static io.postern.auth.jwt.Logins.LAPTOP;
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

/** When a login is over, who is told of it, and what of it goes on. */
class LoginEndingsTest {

    private final Logins logins = new Logins();

    @Test
    void nobody_is_told_of_no_login() {
        List<List<String>> told = new ArrayList<>();
        JwtTokens tokens = JwtTokens.builder(logins.settings(), logins.users)
                .store(logins.store)
                .onFamiliesRevoked(told::add)
                .onUserRevoked(userId -> told.add(List.of("user", userId)))
                .clock(logins.clock)
                .build();

        assertThat(tokens.revokeAllFamilies("1")).isZero();
        assertThat(tokens.revokeOtherFamilies("1", "none")).isZero();

        assertThat(told).containsExactly(List.of("user", "1"));
    }

    @Test
    void of_many_logins_it_is_told_in_pieces() {
        FailingOnce ends = new FailingOnce();
        ends.fails = false;
        JwtTokens tokens = telling(ends);
        String mine = family(tokens.issue(Users.ANN, LAPTOP).refresh());
        IntStream.range(0, 1_200).forEach(i -> begin("other" + i));

        assertThat(tokens.revokeOtherFamilies("1", mine)).isEqualTo(1_200);

        assertThat(ends.told).extracting(List::size).containsExactly(500, 500, 200);
        assertThat(ends.told.stream().flatMap(List::stream)).hasSize(1_200).doesNotHaveDuplicates();
    }

    @Test
    void an_end_that_failed_half_way_is_completed_by_the_next_try() {
        FailingOnce ends = new FailingOnce();
        JwtTokens tokens = telling(ends);
        String one = family(tokens.issue(Users.ANN, LAPTOP).refresh());
        String two = family(tokens.issue(Users.ANN, LAPTOP).refresh());

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> tokens.revokeFamily("1", one));
        assertThat(tokens.revokeFamily("1", one)).isTrue();
        assertThat(ends.told).containsExactly(List.of(one));

        ends.fails = true;
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> tokens.revokeOtherFamilies("1", one));
        assertThat(tokens.revokeOtherFamilies("1", one)).isEqualTo(1);
        assertThat(ends.told).containsExactly(List.of(one), List.of(two));
    }

    @Test
    void a_login_that_begins_while_all_are_ended_is_told_too_and_none_is_told_twice() {
        JwtTokens elsewhere = logins.in(RotationMode.REISSUE);
        List<String> late = new ArrayList<>();
        Telling ends = new Telling(() -> {
            if (late.isEmpty()) {
                late.add(family(elsewhere.issue(Users.ANN, LAPTOP).refresh()));
            }
        });
        JwtTokens tokens = telling(ends);
        String one = family(tokens.issue(Users.ANN, LAPTOP).refresh());

        assertThat(tokens.revokeAllFamilies("1")).isEqualTo(2);

        assertThat(ends.families).containsExactly(one, late.get(0));
    }

    @Test
    void of_more_logins_than_a_page_has_all_are_told_before_any_ends() {
        AtomicInteger pieces = new AtomicInteger();
        Telling ends = new Telling(() -> {
            if (pieces.incrementAndGet() == 2) {
                throw new StoreException("down");
            }
        });
        JwtTokens tokens = telling(ends);
        for (int i = 0; i < 501; i++) {
            tokens.issue(Users.ANN, LAPTOP);
        }

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> tokens.revokeAllFamilies("1"));

        assertThat(ends.families).hasSize(501);
        assertThat(tokens.families("1", Paging.first(1_000))).hasSize(501);
    }

    @Test
    void a_refused_refresh_is_told_with_the_address_it_came_from() {
        logins.in(RotationMode.REISSUE).refresh("garbage", LAPTOP);

        assertThat(logins.events.of(AuthEvent.LoginFailed.class))
                .containsExactly(new AuthEvent.LoginFailed(
                        logins.clock.instant(), "refresh", "jwt_malformed", LAPTOP.address()));
    }

    @Test
    void a_login_of_stranger_else_is_neither_ended_nor_told() {
        FailingOnce ends = new FailingOnce();
        ends.fails = false;
        JwtTokens tokens = telling(ends);
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();

        assertThat(tokens.revokeFamily("2", family(token))).isFalse();
        assertThat(ends.told).isEmpty();
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
    void without_anybody_to_tell_a_login_ends_all_the_same() {
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
    void a_token_that_the_store_knows_no_more_ends_its_login_and_a_used_one_is_not_the_first_to_do_so() {
        JwtTokens tokens = logins.in(RotationMode.ROTATE);
        String token = tokens.issue(Users.ANN, LAPTOP).refresh();
        String successor = next(tokens.refresh(token, LAPTOP));
        String other = tokens.issue(Users.ANN, LAPTOP).refresh();

        assertThat(revoked(family(token), id(token))).isFalse();
        assertThat(revoked(family(other), "forgotten")).isTrue();
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

    /** Fails until it is asked again. */
    private JwtTokens telling(FamilyRevocationListener ends) {
        return JwtTokens.builder(logins.settings(), logins.users)
                .store(logins.store)
                .onFamiliesRevoked(ends::familiesRevoked)
                .onUserRevoked(ends::userRevoked)
                .listener(logins.events)
                .clock(logins.clock)
                .build();
    }

    /** Remembers the families it was told of, and does something then. */
    private record Telling(List<String> families, Runnable then) implements FamilyRevocationListener {

        Telling(Runnable then) {
            this(new ArrayList<>(), then);
        }

        @Override
        public void familiesRevoked(List<String> familyIds) {
            families.addAll(familyIds);
            then.run();
        }

        @Override
        public void userRevoked(String userId) {
            // only families are asked for
        }
    }

    private static final class FailingOnce implements FamilyRevocationListener {

        private final List<List<String>> told = new ArrayList<>();
        private boolean fails = true;

        @Override
        public void familiesRevoked(List<String> familyIds) {
            if (fails) {
                fails = false;
                throw new StoreException("down");
            }
            told.add(familyIds);
        }

        @Override
        public void userRevoked(String userId) {
            told.add(List.of(userId));
        }
    }
}
