package io.postern.auth.refresh;

import static io.postern.auth.refresh.Logins.LAPTOP;
import static io.postern.auth.refresh.Logins.claims;
import static io.postern.auth.refresh.Logins.family;
import static io.postern.auth.refresh.Logins.good;
import static io.postern.auth.refresh.Logins.id;
import static io.postern.auth.refresh.Logins.next;
import static io.postern.auth.refresh.Logins.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.auth.StoreException;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.jwt.JwtNames;
import io.postern.auth.jwt.TokenKind;
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
        RefreshTokens tokens = RefreshTokens.builder(logins.settings(), logins.users)
                .store(logins.store)
                .ends(new FamilyEnds() {
                    @Override
                    public void familiesEnded(List<String> familyIds) {
                        told.add(familyIds);
                    }

                    @Override
                    public void userEnded(String userId) {
                        told.add(List.of("user", userId));
                    }
                })
                .clock(logins.clock)
                .build();

        assertThat(tokens.endAll("1")).isZero();
        assertThat(tokens.endOthers("1", "none")).isZero();

        assertThat(told).containsExactly(List.of("user", "1"));
    }

    @Test
    void of_many_logins_it_is_told_in_pieces() {
        FailingOnce ends = new FailingOnce();
        ends.fails = false;
        RefreshTokens tokens = telling(ends);
        String mine = family(tokens.create(Users.ANN, LAPTOP).refresh());
        IntStream.range(0, 1_200).forEach(i -> begin("other" + i));

        assertThat(tokens.endOthers("1", mine)).isEqualTo(1_200);

        assertThat(ends.told).extracting(List::size).containsExactly(500, 500, 200);
        assertThat(ends.told.stream().flatMap(List::stream)).hasSize(1_200).doesNotHaveDuplicates();
    }

    @Test
    void an_end_that_failed_half_way_is_completed_by_the_next_try() {
        FailingOnce ends = new FailingOnce();
        RefreshTokens tokens = telling(ends);
        String one = family(tokens.create(Users.ANN, LAPTOP).refresh());
        String two = family(tokens.create(Users.ANN, LAPTOP).refresh());

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> tokens.end("1", one));
        assertThat(tokens.end("1", one)).isTrue();
        assertThat(ends.told).containsExactly(List.of(one));

        ends.fails = true;
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> tokens.endOthers("1", one));
        assertThat(tokens.endOthers("1", one)).isEqualTo(1);
        assertThat(ends.told).containsExactly(List.of(one), List.of(two));
    }

    @Test
    void a_login_that_begins_while_all_are_ended_is_told_too_and_none_is_told_twice() {
        RefreshTokens elsewhere = logins.in(RotationMode.ADD);
        List<String> late = new ArrayList<>();
        Telling ends = new Telling(() -> {
            if (late.isEmpty()) {
                late.add(family(elsewhere.create(Users.ANN, LAPTOP).refresh()));
            }
        });
        RefreshTokens tokens = telling(ends);
        String one = family(tokens.create(Users.ANN, LAPTOP).refresh());

        assertThat(tokens.endAll("1")).isEqualTo(2);

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
        RefreshTokens tokens = telling(ends);
        for (int i = 0; i < 501; i++) {
            tokens.create(Users.ANN, LAPTOP);
        }

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> tokens.endAll("1"));

        assertThat(ends.families).hasSize(501);
        assertThat(tokens.families("1", Paging.first(1_000))).hasSize(501);
    }

    @Test
    void a_refused_refresh_is_told_with_the_address_it_came_from() {
        logins.in(RotationMode.ADD).refresh("garbage", LAPTOP);

        assertThat(logins.events.of(AuthEvent.LoginFailed.class))
                .containsExactly(new AuthEvent.LoginFailed(
                        logins.clock.instant(), "refresh", "jwt_malformed", LAPTOP.address()));
    }

    @Test
    void a_login_of_somebody_else_is_neither_ended_nor_told() {
        FailingOnce ends = new FailingOnce();
        ends.fails = false;
        RefreshTokens tokens = telling(ends);
        String token = tokens.create(Users.ANN, LAPTOP).refresh();

        assertThat(tokens.end("2", family(token))).isFalse();
        assertThat(ends.told).isEmpty();
        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("good");
    }

    @Test
    void a_password_that_changes_while_it_is_checked_leaves_no_login() {
        RefreshTokens tokens = logins.in(RotationMode.REPLACE);
        StoredUser checked = logins.users.findById("1").orElseThrow();
        logins.changePassword();

        String token = tokens.create(checked, LAPTOP).refresh();
        String sliding = tokens.createSliding(checked, LAPTOP);

        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("Token is blacklisted");
        assertThat(refusal(tokens.refreshSliding(sliding, LAPTOP))).isEqualTo("Token is blacklisted");
    }

    @Test
    void without_anybody_to_tell_a_login_ends_all_the_same() {
        RefreshTokens tokens = RefreshTokens.builder(logins.settings(), logins.users)
                .store(logins.store)
                .listener(logins.events)
                .clock(logins.clock)
                .build();
        String token = tokens.create(Users.ANN, LAPTOP).refresh();

        assertThat(tokens.revoke(token)).isEmpty();
        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("Token is blacklisted");
        assertThat(tokens.endAll("1")).isZero();
    }

    @Test
    void what_is_revoked_elsewhere_is_not_verified() {
        List<String> asked = new ArrayList<>();
        RefreshTokens tokens = RefreshTokens.builder(logins.settings(), logins.users)
                .revoked(token -> asked.add(token.id()))
                .listener(logins.events)
                .clock(logins.clock)
                .build();
        String access = tokens.create(Users.ANN, LAPTOP).access();

        assertThat(refusal(tokens.refuse(access))).isEqualTo("Token is blacklisted");
        assertThat(asked).containsExactly(id(access));
        assertThat(refusal(logins.in(RotationMode.ADD).refuse(access))).isEqualTo("good");
    }

    @ParameterizedTest
    @EnumSource(RotationMode.class)
    void a_login_lives_as_long_as_its_last_token(RotationMode mode) {
        RefreshTokens tokens = logins.in(mode);
        String token = tokens.create(Users.ANN, LAPTOP).refresh();
        logins.pass(Duration.ofHours(23));
        assertThat(refusal(tokens.refresh(token, LAPTOP))).isEqualTo("good");

        logins.pass(Duration.ofHours(2).plusSeconds(1));

        boolean prolonged = mode != RotationMode.KEEP;
        assertThat(tokens.purge(10)).isEqualTo(prolonged ? 0 : 1);
    }

    @Test
    void a_token_that_the_store_knows_no_more_ends_its_login_and_a_used_one_is_not_the_first_to_do_so() {
        RefreshTokens tokens = logins.in(RotationMode.REPLACE);
        String token = tokens.create(Users.ANN, LAPTOP).refresh();
        String successor = next(tokens.refresh(token, LAPTOP));
        String other = tokens.create(Users.ANN, LAPTOP).refresh();

        assertThat(revoked(family(token), id(token))).isFalse();
        assertThat(revoked(family(other), "forgotten")).isTrue();
        assertThat(revoked(family(other), id(other))).isFalse();

        assertThat(logins.store.stateOf(family(token), id(successor))).isEqualTo(TokenState.REVOKED);
        assertThat(logins.store.stateOf(family(other), id(other))).isEqualTo(TokenState.REVOKED);
    }

    @Test
    void an_access_token_does_not_inherit_the_id_of_a_refresh_token_from_elsewhere() {
        logins.jwt(jwt -> jwt.names(JwtNames.simplejwt().id("tid")));
        RefreshTokens tokens = logins.in(RotationMode.ADD);
        String token = logins.foreign(TokenKind.REFRESH, "its-jti", Map.of("tid", "its-tid", "user_id", "1"));

        RefreshResult.Refreshed refreshed = good(tokens.refresh(token, LAPTOP));

        assertThat(claims(refreshed.access())).doesNotContainKey("jti");
        assertThat(claims(refreshed.access()).get("tid")).isNotEqualTo("its-tid");
    }

    private void begin(String familyId) {
        Instant now = logins.clock.instant();
        TokenSlot slot = new TokenSlot("t", now, now.plusSeconds(60));
        logins.store.start(new TokenFamily(familyId, "1", "", LAPTOP, now, now, slot.expires(), slot.expires()), slot);
    }

    private boolean revoked(String familyId, String tokenId) {
        Instant now = logins.clock.instant();
        TokenSlot slot = new TokenSlot(tokenId, now, now.plusSeconds(60));
        return logins.store.revoke(
                new TokenFamily(familyId, "1", "", LAPTOP, now, now, slot.expires(), slot.expires()), slot);
    }

    /** Fails until it is asked again. */
    private RefreshTokens telling(FamilyEnds ends) {
        return RefreshTokens.builder(logins.settings(), logins.users)
                .store(logins.store)
                .ends(ends)
                .listener(logins.events)
                .clock(logins.clock)
                .build();
    }

    /** Remembers the families it was told of, and does something then. */
    private record Telling(List<String> families, Runnable then) implements FamilyEnds {

        Telling(Runnable then) {
            this(new ArrayList<>(), then);
        }

        @Override
        public void familiesEnded(List<String> familyIds) {
            families.addAll(familyIds);
            then.run();
        }

        @Override
        public void userEnded(String userId) {
            // only families are asked for
        }
    }

    private static final class FailingOnce implements FamilyEnds {

        private final List<List<String>> told = new ArrayList<>();
        private boolean fails = true;

        @Override
        public void familiesEnded(List<String> familyIds) {
            if (fails) {
                fails = false;
                throw new StoreException("down");
            }
            told.add(familyIds);
        }

        @Override
        public void userEnded(String userId) {
            told.add(List.of(userId));
        }
    }
}
