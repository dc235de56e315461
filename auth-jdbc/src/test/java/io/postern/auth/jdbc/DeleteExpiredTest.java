package io.postern.auth.jdbc;

import static io.postern.auth.jdbc.Samples.DAY;
import static io.postern.auth.jdbc.Samples.NOW;
import static io.postern.auth.jdbc.Samples.rotation;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.revocation.Revocation;
import io.postern.auth.revocation.Revocation.Kind;
import io.postern.auth.session.StoredSession;
import io.postern.auth.throttle.Rate;
import io.postern.auth.token.TokenStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeleteExpiredTest {

    private static final int MANY = 10_000;

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void deletes_many_rows_while_requests_go_on(TestDatabase database) throws Exception {
        TokenStore tokens = database.empty("expired_").tokens();
        fill(database);
        Samples.add(tokens, Samples.token("live", "u"));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Integer> deleting = threads.submit(() -> drain(limit -> tokens.deleteExpired(NOW, limit)));
            Duration slowest = Duration.ZERO;
            int requests = 0;
            do {
                long start = System.nanoTime();
                assertThat(tokens.find(Samples.value("live"))).isPresent();
                tokens.touch(Samples.value("live"), NOW);
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
                requests++;
            } while (!deleting.isDone());

            assertThat(deleting.get()).isEqualTo(MANY);
            assertThat(requests).isGreaterThan(10);
            assertThat(slowest).isLessThan(Duration.ofMillis(1_500));
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void does_not_wait_for_rows_that_live(TestDatabase database) throws Exception {
        TokenStore tokens = database.empty("expired_").tokens();
        Samples.add(tokens, Samples.token("live", "u"));
        Samples.add(tokens, Samples.token("old", "u", Optional.of(NOW)));
        try (Connection other = database.pool().getConnection()) {
            other.setAutoCommit(false);
            try (PreparedStatement lock =
                    other.prepareStatement("SELECT id FROM expired_token WHERE id = 'live' FOR UPDATE")) {
                lock.executeQuery();
            }

            assertThat(tokens.deleteExpired(NOW, 10)).isEqualTo(1);
            other.rollback();
            other.setAutoCommit(true);
        }
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void spares_what_was_used_again_after_it_was_found(TestDatabase database) {
        CountingDataSource counting = new CountingDataSource(database.pool());
        JdbcStores others = database.empty("expired_");
        JdbcStores stores = database.empty(counting.source(), "expired_");
        StoredSession session = Samples.session("s", "u");
        Samples.add(others.sessions(), session);
        Instant end = session.expires();
        counting.before(sql -> {
            if (sql.startsWith("DELETE")) {
                others.sessions().touch(Samples.key(session.id()), end, end.plusSeconds(60));
            }
        });

        assertThat(stores.sessions().deleteExpired(end, 10)).isZero();
        counting.before(sql -> {});
        assertThat(stores.sessions().find(Samples.key(session.id()))).isPresent();
        assertThat(stores.sessions().deleteExpired(end.plusSeconds(60), 10)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void counts_each_family_and_revocation_once_in_parallel_deletions(TestDatabase database) throws Exception {
        JdbcStores stores = database.empty("expired_");
        for (int i = 0; i < 100; i++) {
            stores.refreshTokens().start(Samples.family("f" + i, "u"), Samples.refreshToken("a"));
            stores.refreshTokens().rotate(rotation(RotationMode.ROTATE, "f" + i, "a", "b"));
        }
        stores.revocations()
                .add(IntStream.range(0, 100)
                        .mapToObj(i -> new Revocation(Kind.TOKEN, "t" + i, NOW, NOW.plusSeconds(i)))
                        .toList());
        Instant later = NOW.plus(DAY.multipliedBy(2));

        assertThat(parallel(() -> drain(limit -> stores.refreshTokens().deleteExpired(later, limit))))
                .isEqualTo(100);
        assertThat(parallel(() -> drain(limit -> stores.revocations().deleteExpired(later, limit))))
                .isEqualTo(100);
        assertThat(stores.revocations().since(0, 10).entries()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void deletes_expired_tokens_of_live_families(TestDatabase database) throws Exception {
        TokenFamilyStore store = database.empty("expired_").refreshTokens();
        store.start(Samples.family("f", "u"), Samples.refreshToken("t0"));
        for (int i = 0; i < 40; i++) {
            Instant now = NOW.plus(DAY.multipliedBy(i));
            store.rotate(new Rotation(
                    Samples.family("f", "u"),
                    new TokenRecord("t" + i, now, now.plus(DAY)),
                    new TokenRecord("t" + (i + 1), now, now.plus(DAY.multipliedBy(2))),
                    now,
                    Duration.ZERO,
                    RotationMode.ROTATE,
                    false));
        }

        assertThat(store.deleteExpired(NOW.plus(DAY.multipliedBy(30)), 10)).isZero();

        assertThat(store.stateOf("f", "t0")).isEqualTo(TokenState.UNKNOWN);
        assertThat(store.stateOf("f", "t28")).isEqualTo(TokenState.UNKNOWN);
        assertThat(store.stateOf("f", "t29")).isEqualTo(TokenState.USED);
        assertThat(store.stateOf("f", "t40")).isEqualTo(TokenState.LIVE);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void deletes_no_more_tokens_at_once_than_a_call_has_time_for(TestDatabase database) {
        TokenFamilyStore store = database.empty("expired_").refreshTokens();
        store.start(Samples.family("f", "u"), Samples.refreshToken("a"));
        for (int i = 100; i < 350; i++) {
            database.execute(
                    "INSERT INTO expired_refresh_token (family_id, id, expires) VALUES ('f', 't" + i + "', " + i + ")");
        }

        assertThat(store.deleteExpired(NOW, 1)).isZero();

        assertThat(store.stateOf("f", "t299")).isEqualTo(TokenState.UNKNOWN);
        assertThat(store.stateOf("f", "t300")).isEqualTo(TokenState.LIVE);
        assertThat(store.deleteExpired(NOW, 1)).isZero();
        assertThat(store.stateOf("f", "t349")).isEqualTo(TokenState.UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void deletes_expired_counters_during_requests_and_on_demand(TestDatabase database) {
        JdbcCounterStore counters = database.empty("expired_").counters();
        Rate rate = Rate.parse("1/min");
        for (int i = 0; i < 600; i++) {
            counters.tryAcquire("key" + i, rate, NOW);
        }
        Instant later = NOW.plusSeconds(300);
        counters.tryAcquire("late", rate, later);

        assertThat(counters.deleteExpired(later, 1_000)).isEqualTo(100);
        assertThat(counters.deleteExpired(later, 1_000)).isZero();
        assertThat(counters.deleteExpired(later.plusSeconds(300), 1_000)).isEqualTo(1);
    }

    private static int drain(IntUnaryOperator deletion) {
        int all = 0;
        int last;
        do {
            last = deletion.applyAsInt(1_000);
            all += last;
        } while (last == 1_000);
        return all;
    }

    private static int parallel(Callable<Integer> deletion) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            int all = 0;
            List<Callable<Integer>> deletions = new ArrayList<>(List.of(deletion, deletion, deletion, deletion));
            for (Future<Integer> one : threads.invokeAll(deletions)) {
                all += one.get();
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void fill(TestDatabase database) throws SQLException {
        try (Connection connection = database.pool().getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO expired_token"
                        + " (digest, id, user_id, name, created, expires) VALUES (?, ?, 'u', '', 0, ?)")) {
            connection.setAutoCommit(false);
            for (int i = 0; i < MANY; i++) {
                insert.setBytes(1, Samples.sha256("old" + i));
                insert.setString(2, "old" + i);
                insert.setLong(3, 1 + i / 100);
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
            connection.setAutoCommit(true);
        }
    }
}
