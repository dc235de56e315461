package io.postern.auth.testkit;

import static io.postern.auth.testkit.ContractFamilies.DAY;
import static io.postern.auth.testkit.ContractFamilies.NOW;
import static io.postern.auth.testkit.ContractFamilies.family;
import static io.postern.auth.testkit.ContractFamilies.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.refresh.RefreshTokenRecord;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.Rotation.Result;
import io.postern.auth.refresh.RotationMode;
import io.postern.auth.refresh.TokenFamily;
import io.postern.auth.refresh.TokenState;
import io.postern.auth.user.Device;
import io.postern.auth.user.Paging;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RefreshTokenStore} does when tokens are refreshed: the first half of {@link
 * RefreshTokenStoreContract}, which is the one to implement.
 */
public interface RotationContract {

    /**
     * Returns a new store without families.
     *
     * @return the store
     */
    RefreshTokenStore emptyStore();

    /** Where tokens are kept, the one shown stays good. */
    @Test
    default void keeps_a_token() {
        ContractFamilies f =
                ContractFamilies.in(emptyStore()).mode(RotationMode.NONE).begun();

        for (int i = 0; i < 3; i++) {
            assertThat(f.rotate(slot("a"), slot("a"))).isEqualTo(new Result.Rotated(slot("a")));
        }
        assertThat(f.store().stateOf("f", "a")).isEqualTo(TokenState.LIVE);
    }

    /** Where tokens are added, all of them stay good. */
    @Test
    default void adds_a_token() {
        ContractFamilies f =
                ContractFamilies.in(emptyStore()).mode(RotationMode.REISSUE).begun();

        assertThat(f.rotate("a", "b")).isEqualTo(new Result.Rotated(slot("b")));
        assertThat(f.rotate("a", "c")).isEqualTo(new Result.Rotated(slot("c")));

        for (String token : List.of("a", "b", "c")) {
            assertThat(f.store().stateOf("f", token)).isEqualTo(TokenState.LIVE);
        }
    }

    /** Where tokens are replaced, the successor alone is good. */
    @Test
    default void replaces_a_token() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).begun();

        assertThat(f.rotate("a", "b")).isEqualTo(new Result.Rotated(slot("b")));
        assertThat(f.store().stateOf("f", "a")).isEqualTo(TokenState.USED);
        assertThat(f.store().stateOf("f", "b")).isEqualTo(TokenState.LIVE);
        assertThat(f.rotate("b", "c")).isEqualTo(new Result.Rotated(slot("c")));
    }

    /** A refresh says where and when the family was last used; its label, its beginning and its end stay. */
    @Test
    default void notes_when_and_where_a_family_was_refreshed() {
        RefreshTokenStore store = emptyStore();
        store.start(family("f", "u"), slot("a"));
        Instant now = NOW.plusSeconds(60);
        Device elsewhere = new Device("", "198.51.100.7", "curl");
        RefreshTokenRecord next = new RefreshTokenRecord("b", now, now.plus(DAY));
        TokenFamily seen = new TokenFamily(
                "f", "u", "s", elsewhere, now, now, slot("a").expires(), now.plus(Duration.ofDays(365)));

        store.rotate(new Rotation(seen, slot("a"), next, now, Duration.ZERO, RotationMode.ROTATE, false));

        TokenFamily first = family("f", "u");
        Device shown = new Device("laptop", "198.51.100.7", "curl");
        assertThat(store.list("u", now, Paging.first(1_000)))
                .containsExactly(
                        new TokenFamily("f", "u", "s", shown, first.created(), now, next.expires(), first.ends()));
    }

    /** Within the grace a used token gets the family's current one again, and nothing changes. */
    @Test
    default void repeats_within_the_grace() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).grace(5).begun();
        f.rotate("a", "b");
        List<TokenFamily> before = f.store().list("u", NOW, Paging.first(1_000));

        ContractFamilies late = f.later(Duration.ofSeconds(4));
        assertThat(late.rotate("a", "c")).isEqualTo(new Result.Repeated(slot("b")));
        assertThat(late.rotate("a", "d")).isEqualTo(new Result.Repeated(slot("b")));

        assertThat(f.store().stateOf("f", "c")).isEqualTo(TokenState.UNKNOWN);
        assertThat(f.store().stateOf("f", "b")).isEqualTo(TokenState.LIVE);
        assertThat(f.store().list("u", NOW, Paging.first(1_000))).isEqualTo(before);
    }

    /** The grace counts from the first use, however often the token is shown again. */
    @Test
    default void does_not_prolong_the_grace() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).grace(5).begun();
        f.rotate("a", "b");
        f.later(Duration.ofSeconds(4)).rotate("a", "c");

        assertThat(f.later(Duration.ofSeconds(5)).rotate("a", "d")).isEqualTo(new Result.Reused());
    }

    /** Clocks of two servers differ: a use that lies ahead by no more than the grace is repeated too. */
    @Test
    default void repeats_what_was_used_a_moment_ahead() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).grace(5).begun();
        RefreshTokenRecord next = new RefreshTokenRecord("b", NOW, NOW.plus(DAY));
        f.later(Duration.ofSeconds(5)).rotate(slot("a"), next);

        assertThat(f.rotate("a", "c")).isEqualTo(new Result.Repeated(next));
    }

    /** A clock that was set back does not stretch the grace: else a thief had until it has caught up. */
    @Test
    default void does_not_repeat_what_was_used_further_ahead_than_the_grace() {
        for (int grace : List.of(0, 5)) {
            ContractFamilies f = ContractFamilies.in(emptyStore()).grace(grace).begun();
            f.later(Duration.ofSeconds(grace + 1)).rotate("a", "b");

            assertThat(f.rotate("a", "c")).as("grace of " + grace).isEqualTo(new Result.Reused());
            assertThat(f.store().stateOf("f", "b")).isEqualTo(TokenState.REVOKED);
        }
    }

    /** What was used two steps ago gets the current token, not the one in between, which is used. */
    @Test
    default void repeats_the_newest_token() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).grace(5).begun();
        f.rotate("a", "b");
        f.rotate("b", "c");

        assertThat(f.rotate("a", "d")).isEqualTo(new Result.Repeated(slot("c")));
        assertThat(f.rotate("b", "e")).isEqualTo(new Result.Repeated(slot("c")));
    }

    /** A used token shown again ends the family: its successor is no good any more either. */
    @Test
    default void ends_a_family_whose_token_is_used_again() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).begun();
        f.rotate("a", "b");

        assertThat(f.rotate("a", "c")).isEqualTo(new Result.Reused());

        assertThat(f.store().stateOf("f", "a")).isEqualTo(TokenState.REVOKED);
        assertThat(f.store().stateOf("f", "b")).isEqualTo(TokenState.REVOKED);
        assertThat(f.rotate("b", "d")).isEqualTo(new Result.Revoked());
        assertThat(f.grace(60).adopting().rotate("a", "e")).isEqualTo(new Result.Revoked());
        assertThat(f.store().list("u", NOW, Paging.first(1_000))).isEmpty();
    }

    /** A used token is known for as long as any leeway lets it be shown, else it would be taken for a new one. */
    @Test
    default void knows_a_used_token_for_as_long_as_it_can_be_shown() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).adopting().begun();
        f.rotate("a", "b");
        Duration tenMinutesOver = DAY.plusMinutes(10).minusSeconds(1);
        f.later(tenMinutesOver).rotate(slot("b"), new RefreshTokenRecord("c", NOW, NOW.plus(DAY.multipliedBy(3))));

        assertThat(f.later(tenMinutesOver).rotate("a", "d")).isEqualTo(new Result.Reused());
    }

    /** Another stamp means another password: the family is over, whatever stamp is told afterwards. */
    @Test
    default void ends_a_family_whose_user_has_another_stamp() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).begun();

        assertThat(f.securityStamp("other").rotate("a", "b")).isEqualTo(new Result.Revoked());

        assertThat(f.store().stateOf("f", "a")).isEqualTo(TokenState.REVOKED);
        assertThat(f.rotate("a", "c")).isEqualTo(new Result.Revoked());
    }

    /** What is not known is refused, and leaves nothing behind. */
    @Test
    default void refuses_what_it_does_not_know() {
        ContractFamilies f = ContractFamilies.in(emptyStore());

        assertThat(f.rotate("a", "b")).isEqualTo(new Result.Unknown());
        assertThat(f.store().stateOf("f", "b")).isEqualTo(TokenState.UNKNOWN);
        assertThat(f.store().list("u", NOW, Paging.first(1_000))).isEmpty();
        f.begun();
        assertThat(f.rotate("x", "b")).isEqualTo(new Result.Unknown());
        assertThat(f.store().stateOf("f", "a")).isEqualTo(TokenState.LIVE);
    }

    /** What is adopted begins a family as if it had been there. */
    @Test
    default void adopts_what_it_does_not_know() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).adopting();

        assertThat(f.rotate("a", "b")).isEqualTo(new Result.Rotated(slot("b")));

        assertThat(f.store().stateOf("f", "a")).isEqualTo(TokenState.USED);
        assertThat(f.store().stateOf("f", "b")).isEqualTo(TokenState.LIVE);
        assertThat(f.store().list("u", NOW, Paging.first(1_000)))
                .extracting(TokenFamily::id)
                .containsExactly("f");
        assertThat(f.rotate("a", "c")).isEqualTo(new Result.Reused());
    }

    /** No token outlives its family, and a refresh does not put off the family's end. */
    @Test
    default void lets_no_token_outlive_its_family() {
        ContractFamilies f = ContractFamilies.in(emptyStore()).begun();
        Instant end = NOW.plus(ContractFamilies.ends());
        RefreshTokenRecord eternal = new RefreshTokenRecord("b", NOW, NOW.plus(Duration.ofDays(1000)));

        assertThat(f.rotate(slot("a"), eternal)).isEqualTo(new Result.Rotated(new RefreshTokenRecord("b", NOW, end)));

        ContractFamilies late = f.later(Duration.ofDays(89));
        RefreshTokenRecord more =
                new RefreshTokenRecord("c", late.now(), late.now().plus(Duration.ofDays(2)));
        assertThat(late.rotate(eternal.endingBy(end), more)).isEqualTo(new Result.Rotated(more.endingBy(end)));
        assertThat(f.store().list("u", late.now(), Paging.first(1_000)))
                .extracting(TokenFamily::expires)
                .containsExactly(end);
    }

    /** When a family's end has come, no token of it is refreshed, not even one that lives longer. */
    @Test
    default void ends_a_family_when_its_end_has_come() {
        ContractFamilies f =
                ContractFamilies.in(emptyStore()).mode(RotationMode.NONE).adopting();
        RefreshTokenRecord eternal = new RefreshTokenRecord("a", NOW, NOW.plus(Duration.ofDays(1000)));
        f.rotate(eternal, eternal);

        assertThat(f.later(ContractFamilies.ends().minusSeconds(1)).rotate(eternal, eternal))
                .isInstanceOf(Result.Rotated.class);
        assertThat(f.later(ContractFamilies.ends()).rotate(eternal, eternal)).isEqualTo(new Result.Revoked());
    }

    /**
     * Of a hundred threads with the same token one wins; the others are thieves, and the family is over.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void has_one_winner_without_grace() throws Exception {
        ContractFamilies f = ContractFamilies.in(emptyStore()).begun();

        List<Result> results = Race.run(IntStream.range(0, 100)
                .<Callable<Result>>mapToObj(i -> () -> f.rotate("a", "b" + i))
                .toList());

        assertThat(results).filteredOn(Result.Rotated.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(Result.Reused.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(Result.Revoked.class::isInstance).hasSize(98);
        assertThat(f.store().stateOf("f", "a")).isEqualTo(TokenState.REVOKED);
    }

    /**
     * With grace a hundred threads get the same successor, whether the family was known or not.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void does_not_fork_a_family_within_the_grace() throws Exception {
        for (boolean known : List.of(true, false)) {
            ContractFamilies f = ContractFamilies.in(emptyStore()).grace(5).adopting();
            ContractFamilies racing = known ? f.begun() : f;

            List<Result> results = Race.run(IntStream.range(0, 100)
                    .<Callable<Result>>mapToObj(i -> () -> racing.rotate("a", "b" + i))
                    .toList());

            assertThat(results).filteredOn(Result.Rotated.class::isInstance).hasSize(1);
            Set<RefreshTokenRecord> current = new HashSet<>();
            results.forEach(result -> current.add(
                    result instanceof Result.Rotated rotated
                            ? rotated.current()
                            : ((Result.Repeated) result).current()));
            assertThat(current).hasSize(1);
            assertThat(IntStream.range(0, 100).filter(i -> f.store().stateOf("f", "b" + i) == TokenState.LIVE))
                    .hasSize(1);
        }
    }
}
