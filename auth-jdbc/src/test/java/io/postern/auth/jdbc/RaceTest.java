package io.postern.auth.jdbc;

import static io.postern.auth.jdbc.Samples.NOW;
import static io.postern.auth.jdbc.Samples.rotation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.postern.auth.StoreException;
import io.postern.auth.Throttle.Admission;
import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.onetime.OneTimeStore;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation.Result;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.revocation.Revocation;
import io.postern.auth.revocation.Revocation.Kind;
import io.postern.auth.throttle.Rate;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserRecord;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens when another server comes between two statements, or many ask at once. */
class RaceTest {

    private static final int THREADS = 16;

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void a_logout_between_two_statements_wins(TestDatabase database) {
        TokenFamilyStore others = database.empty("race_").refreshTokens();
        others.start(Samples.family("f", "u"), Samples.refreshToken("a"));

        Result result = meddled(database, () -> others.revokeFamily("u", "f"))
                .rotate(rotation(RotationMode.ROTATE, "f", "a", "b"));

        assertThat(result).isEqualTo(new Result.Revoked());
        assertThat(others.stateOf("f", "b")).isEqualTo(TokenState.REVOKED);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void a_refresh_between_two_statements_wins(TestDatabase database) {
        TokenFamilyStore others = database.empty("race_").refreshTokens();
        others.start(Samples.family("f", "u"), Samples.refreshToken("a"));

        Result result = meddled(database, () -> others.rotate(rotation(RotationMode.ROTATE, "f", "a", "first")))
                .rotate(rotation(RotationMode.ROTATE, "f", "a", "b"));

        assertThat(result).isEqualTo(new Result.Reused());
        assertThat(others.stateOf("f", "first")).isEqualTo(TokenState.REVOKED);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void an_acceptance_between_two_statements_wins(TestDatabase database) {
        TokenFamilyStore others = database.empty("race_").refreshTokens();

        Result result = meddled(database, () -> others.rotate(rotation(RotationMode.ROTATE, "f", "a", "first", true)))
                .rotate(rotation(RotationMode.ROTATE, "f", "a", "b", true));

        assertThat(result).isEqualTo(new Result.Reused());
        assertThat(others.list("u", NOW, Paging.first(10))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void a_refresh_does_not_save_a_family_from_a_logout_that_began_before(TestDatabase database) {
        TokenFamilyStore others = database.empty("race_").refreshTokens();
        others.start(Samples.family("f", "u"), Samples.refreshToken("a"));

        boolean revoked = meddled(database, () -> others.rotate(rotation(RotationMode.ROTATE, "f", "a", "b")))
                .revoke(Samples.family("f", "u"), Samples.refreshToken("a"));

        assertThat(revoked).isFalse();
        assertThat(others.stateOf("f", "b")).isEqualTo(TokenState.REVOKED);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void a_request_between_two_statements_is_counted(TestDatabase database) {
        JdbcCounterStore others = database.empty("race_").counters();
        Rate rate = Rate.parse("2/min");
        CountingDataSource source = meddling(database, () -> others.tryAcquire("key", rate, NOW));
        JdbcCounterStore counters = stores(database, source).counters();

        assertThat(counters.tryAcquire("key", rate, NOW)).isInstanceOf(Admission.Admitted.class);
        assertThat(counters.tryAcquire("key", rate, NOW)).isInstanceOf(Admission.Refused.class);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void many_callers_keep_one_token_at_once(TestDatabase database) throws Exception {
        TokenFamilyStore store = database.empty("race_").refreshTokens();
        store.start(Samples.family("f", "u"), Samples.refreshToken("a"));

        assertThat(parallel(60, i -> () -> store.rotate(rotation(RotationMode.NONE, "f", "a", "a"))))
                .allMatch(Result.Rotated.class::isInstance);
        assertThat(parallel(60, i -> () -> store.rotate(rotation(RotationMode.REISSUE, "f", "a", "b" + i))))
                .allMatch(Result.Rotated.class::isInstance);
        assertThat(List.of("a", "b0", "b30", "b59")).allMatch(token -> store.stateOf("f", token) == TokenState.LIVE);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void a_logout_ends_a_family_that_is_refreshed_without_end(TestDatabase database) throws Exception {
        TokenFamilyStore others = database.empty("race_").refreshTokens();
        others.start(Samples.family("f", "u"), Samples.refreshToken("a"));
        CountingDataSource source = new CountingDataSource(database.pool());
        // A refresh comes before each change of a row that is not locked.
        AtomicBoolean locked = new AtomicBoolean();
        source.before(sql -> {
            locked.compareAndSet(false, sql.endsWith("FOR UPDATE"));
            if (sql.startsWith("UPDATE") && !locked.get()) {
                others.rotate(rotation(RotationMode.NONE, "f", "a", "a"));
            }
        });
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < 4; i++) {
                threads.submit(() -> {
                    while (!over.get()) {
                        over.compareAndSet(
                                false,
                                others.rotate(rotation(RotationMode.NONE, "f", "a", "a")) instanceof Result.Revoked);
                    }
                });
            }

            TokenFamilyStore store = stores(database, source).refreshTokens();
            assertThat(store.revoke(Samples.family("f", "u"), Samples.refreshToken("a")))
                    .isTrue();

            threads.shutdown();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            assertThat(over).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void one_of_many_ends_each_family(TestDatabase database) throws Exception {
        TokenFamilyStore store = database.empty("race_").refreshTokens();
        for (int i = 0; i < 50; i++) {
            store.start(Samples.family("f" + i, "u"), Samples.refreshToken("a"));
        }

        List<List<String>> ended = parallel(8, i -> () -> store.revokeAll("u", Optional.of("f0")));

        assertThat(ended.stream().flatMap(List::stream)).hasSize(49).doesNotHaveDuplicates();
        assertThat(store.stateOf("f0", "a")).isEqualTo(TokenState.LIVE);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void one_of_two_consumers_between_whose_statements_the_other_comes_gets_the_secret(TestDatabase database) {
        OneTimeStore others = database.empty("race_").oneTimeSecrets();
        OneTimeSecret secret = Samples.oneTime("o", "u");
        others.add(secret, NOW);
        CountingDataSource source = new CountingDataSource(database.pool());
        AtomicReference<Optional<OneTimeSecret>> first = new AtomicReference<>(Optional.empty());
        source.before(sql -> {
            source.before(other -> {});
            first.set(others.consume(secret.digest(), "reset", NOW));
        });

        assertThat(stores(database, source).oneTimeSecrets().consume(secret.digest(), "reset", NOW))
                .isEmpty();
        assertThat(first.get()).contains(secret);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void serialization_failures_are_retried_a_bounded_number_of_times(TestDatabase database) {
        database.empty("race_").users().add(UserRecord.of("1", "ann"), "hash");
        CountingDataSource source = new CountingDataSource(database.pool());
        JdbcUserStore users = JdbcStores.builder(source.source())
                .dialect(database.dialect())
                .tablePrefix("race_")
                .timeout(Duration.ofSeconds(30))
                .build()
                .users();
        AtomicInteger failures = new AtomicInteger();
        source.before(sql -> {
            if (failures.incrementAndGet() < 20) {
                throw new SQLException("could not serialize access", "40001");
            }
        });

        assertThat(users.findById("1")).isPresent();

        failures.set(0);
        source.before(sql -> {
            failures.incrementAndGet();
            throw new SQLException("could not serialize access", "40001");
        });
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> users.findById("1"))
                .withMessageContaining("SQLSTATE 40001");
        assertThat(failures).hasValue(20);
    }

    /**
     * The strictest isolation and a pool that does not commit: more retries, the same results. On a busy machine a caller
     * may use up its retries; it gets 503, nothing has been changed, and the client repeats the request.
     */
    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void races_end_the_same_way_when_transactions_are_serializable(TestDatabase database) throws Exception {
        database.empty("race_");
        HikariConfig config = database.config();
        config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
        config.setAutoCommit(false);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            JdbcStores stores = JdbcStores.builder(pool)
                    .autoCommit(false)
                    .tablePrefix("race_")
                    .build();
            stores.refreshTokens().start(Samples.family("f", "u"), Samples.refreshToken("a"));
            Rate rate = Rate.parse("20/hour");

            assertThat(parallel(
                            THREADS,
                            i -> repeating(() ->
                                    stores.refreshTokens().rotate(rotation(RotationMode.ROTATE, "f", "a", "b" + i)))))
                    .filteredOn(Result.Rotated.class::isInstance)
                    .hasSize(1);
            assertThat(parallel(60, i -> repeating(() -> stores.counters().tryAcquire("key", rate, NOW))))
                    .filteredOn(Admission.Admitted.class::isInstance)
                    .hasSize(20);
            parallel(
                    60,
                    i -> repeating(() -> {
                        stores.revocations()
                                .add(List.of(new Revocation(Kind.TOKEN, "t" + i, NOW, NOW.plusSeconds(60))));
                        return true;
                    }));
            assertThat(stores.revocations().since(0, 100).entries()).hasSize(60);
        }
    }

    /** A client that repeats what the database could not serialize. */
    private static <T> Callable<T> repeating(Callable<T> request) {
        return () -> {
            for (int i = 0; ; i++) {
                try {
                    return request.call();
                } catch (StoreException e) {
                    if (i == 50
                            || !(e.getCause() instanceof SQLException cause && "40001".equals(cause.getSQLState()))) {
                        throw e;
                    }
                }
            }
        };
    }

    /** Returns a store between whose first two statements something happens once. */
    private static TokenFamilyStore meddled(TestDatabase database, Runnable meddling) {
        return stores(database, meddling(database, meddling)).refreshTokens();
    }

    private static CountingDataSource meddling(TestDatabase database, Runnable meddling) {
        CountingDataSource source = new CountingDataSource(database.pool());
        source.before(sql -> {
            if (sql.startsWith("UPDATE") || sql.startsWith("INSERT") || sql.startsWith("WITH")) {
                source.before(other -> {});
                meddling.run();
            }
        });
        return source;
    }

    private static JdbcStores stores(TestDatabase database, CountingDataSource source) {
        return JdbcStores.builder(source.source())
                .dialect(database.dialect())
                .tablePrefix("race_")
                .build();
    }

    private static <T> List<T> parallel(int times, IntFunction<Callable<T>> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                tasks.add(task.apply(i));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
