package io.postern.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.session.SessionStore;
import io.postern.auth.session.StoredSession;
import io.postern.auth.user.Paging;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What {@link SessionStore#deleteExpired} does, in a store whose rows do not end by themselves.
 *
 * <p>Implement this beside {@link SessionStoreContract}. It wants no other expired sessions in the store.
 */
public interface SessionPurgeContract {

    /**
     * Returns the store under test.
     *
     * @return a store, fresh for each test
     */
    SessionStore sessionStore();

    /** What ends at this instant is purged, what ends after it is not, and a use puts the end off. */
    @Test
    default void purges_what_has_ended_and_nothing_else() {
        SessionStore store = sessionStore();
        Instant now = ContractTokens.now();
        String user = ContractTokens.unique();
        Instant end = now.plusSeconds(600);
        StoredSession ended = ContractSessions.ending(user, now, end);
        StoredSession used = ContractSessions.ending(user, now.plusSeconds(1), end);
        StoredSession later = ContractSessions.ending(user, now.plusSeconds(2), end.plusSeconds(1));
        List.of(ended, used, later).forEach(store::add);
        store.touch(used.digest(), now.plusSeconds(60), end.plusSeconds(60));

        assertThat(store.deleteExpired(end.minusSeconds(1), 100)).isZero();
        assertThat(store.deleteExpired(end, 100)).isEqualTo(1);
        assertThat(store.find(ended.digest())).isEmpty();
        assertThat(store.list(user, end, Paging.first(10)))
                .containsExactly(used.usedAt(now.plusSeconds(60), end.plusSeconds(60)), later);
    }

    /** A purge keeps to its limit. */
    @Test
    default void purges_in_batches() {
        SessionStore store = sessionStore();
        Instant now = ContractTokens.now();
        String user = ContractTokens.unique();
        Instant end = now.plusSeconds(600);
        IntStream.range(0, 7).forEach(i -> store.add(ContractSessions.ending(user, now, end)));

        assertThat(store.deleteExpired(end, 3)).isEqualTo(3);
        assertThat(store.list(user, now, Paging.first(10))).hasSize(4);
        assertThat(store.deleteExpired(end, 3)).isEqualTo(3);
        assertThat(store.deleteExpired(end, 3)).isEqualTo(1);
        assertThat(store.deleteExpired(end, 3)).isZero();
    }

    /**
     * Parallel purges together forget each session once.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void counts_each_session_once_in_parallel_purges() throws Exception {
        SessionStore store = sessionStore();
        Instant now = ContractTokens.now();
        Instant end = now.plusSeconds(600);
        String user = ContractTokens.unique();
        IntStream.range(0, 200).forEach(i -> store.add(ContractSessions.ending(user, now, end)));
        List<Callable<Integer>> purges = IntStream.range(0, 10)
                .mapToObj(i -> (Callable<Integer>) () -> store.deleteExpired(end, 1_000))
                .toList();

        assertThat(Race.run(purges).stream().mapToInt(Integer::intValue).sum()).isEqualTo(200);
    }
}
