package io.postern;

import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.auth.StoreException;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.Paging;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeleteExpiredTest {

    private final SettableClock clock = SettableClock.at(Instant.EPOCH);

    @Test
    void forgets_more_than_one_batch_of_what_has_expired_and_nothing_else() {
        TokenStore store = new InMemoryStores().tokens();
        Postern postern = postern(store);
        for (int i = 0; i < 2_500; i++) {
            postern.tokens().issue("1", "");
        }
        clock.advance(Duration.ofDays(2));
        postern.tokens().issue("1", "fresh");

        assertThat(postern.deleteExpired()).isEqualTo(2_500);
        assertThat(postern.deleteExpired()).isZero();
        assertThat(store.list("1", Paging.first(1_000)))
                .extracting(token -> token.name())
                .isEqualTo(List.of("fresh"));
    }

    @Test
    void tells_the_caller_of_a_store_that_fails_but_goes_on_when_scheduled() throws Exception {
        FailingStore store = new FailingStore();
        Postern postern = postern(store);
        assertThatThrownBy(postern::deleteExpired).isInstanceOf(StoreException.class);

        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        try {
            var schedule = postern.deleteExpiredEvery(executor, Duration.ofMillis(1));
            assertThat(store.calls.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(schedule.isDone()).isFalse();
        } finally {
            executor.shutdownNow();
        }
    }

    private Postern postern(TokenStore store) {
        return Postern.builder()
                .users(new InMemoryUserStore())
                .tokens(store, tokens -> tokens.expireAfter(Duration.ofDays(1)))
                .clock(clock)
                .authenticators(token())
                .permissions(isAuthenticated())
                .build();
    }

    private static final class FailingStore implements TokenStore {
        private final CountDownLatch calls = new CountDownLatch(3);

        @Override
        public int deleteExpired(Instant now, int limit) {
            calls.countDown();
            throw new StoreException("down");
        }

        @Override
        public Optional<StoredToken> find(TokenValue value) {
            throw new StoreException("down");
        }

        @Override
        public boolean add(TokenValue value, StoredToken token) {
            throw new StoreException("down");
        }

        @Override
        public List<StoredToken> list(String userId, Paging paging) {
            throw new StoreException("down");
        }

        @Override
        public Optional<StoredToken> remove(String userId, String id) {
            throw new StoreException("down");
        }

        @Override
        public int removeAll(String userId) {
            throw new StoreException("down");
        }
    }
}
