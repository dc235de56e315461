package io.postern.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import io.postern.auth.user.Paging;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What {@link TokenStore#deleteExpired} does, in a store whose rows do not end by themselves.
 *
 * <p>Implement this beside {@link TokenStoreContract}. It wants no other expired tokens in the store.
 */
public interface TokenPurgeContract {

    /**
     * Returns the store under test.
     *
     * @return a store, fresh for each test
     */
    TokenStore tokenStore();

    /** What ends at this instant is purged, what ends after it or never is not. */
    @Test
    default void purges_what_has_ended_and_nothing_else() {
        TokenStore store = tokenStore();
        Instant now = ContractTokens.now();
        String user = ContractTokens.unique();
        Instant end = now.plusSeconds(600);
        StoredToken ended = ContractTokens.ending(user, now, end);
        StoredToken later = ContractTokens.ending(user, now.plusSeconds(1), end.plusSeconds(1));
        StoredToken never = ContractTokens.of(user, now.plusSeconds(2));
        List.of(ended, later, never).forEach(store::add);

        assertThat(store.deleteExpired(end.minusSeconds(1), 100)).isZero();
        assertThat(store.deleteExpired(end, 100)).isEqualTo(1);
        assertThat(store.find(ended.digest())).isEmpty();
        assertThat(store.list(user, Paging.first(1_000))).containsExactly(later, never);
    }

    /** A purge keeps to its limit. */
    @Test
    default void purges_in_batches() {
        TokenStore store = tokenStore();
        Instant now = ContractTokens.now();
        String user = ContractTokens.unique();
        Instant end = now.plusSeconds(600);
        IntStream.range(0, 7).forEach(i -> store.add(ContractTokens.ending(user, now, end)));

        assertThat(store.deleteExpired(end, 3)).isEqualTo(3);
        assertThat(store.list(user, Paging.first(1_000))).hasSize(4);
        assertThat(store.deleteExpired(end, 3)).isEqualTo(3);
        assertThat(store.deleteExpired(end, 3)).isEqualTo(1);
        assertThat(store.deleteExpired(end, 3)).isZero();
    }

    /**
     * Parallel purges together forget each token once.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void counts_each_token_once_in_parallel_purges() throws Exception {
        TokenStore store = tokenStore();
        Instant now = ContractTokens.now();
        String user = ContractTokens.unique();
        Instant end = now.plusSeconds(600);
        IntStream.range(0, 200).forEach(i -> store.add(ContractTokens.ending(user, now, end)));
        List<Callable<Integer>> purges = IntStream.range(0, 10)
                .mapToObj(i -> (Callable<Integer>) () -> store.deleteExpired(end, 1_000))
                .toList();

        assertThat(Race.run(purges).stream().mapToInt(Integer::intValue).sum()).isEqualTo(200);
        assertThat(store.list(user, Paging.first(1_000))).isEmpty();
    }
}
