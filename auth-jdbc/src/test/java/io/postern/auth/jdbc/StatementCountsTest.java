package io.postern.auth.jdbc;

import static io.postern.auth.jdbc.Samples.NOW;
import static io.postern.auth.jdbc.Samples.rotation;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.onetime.OneTimeStore;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.Rotation.Result;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.revocation.Revocation;
import io.postern.auth.throttle.Rate;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.UserStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatementCountsTest {

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void finds_a_user_by_one_statement_however_many_permissions(TestDatabase database) {
        CountingDataSource counter = new CountingDataSource(database.pool());
        JdbcUserStore users = database.empty(counter.source(), "counts_").users();
        users.add(ann(), "hash");

        assertThat(counter.during(() -> users.findById("1"))).hasSize(1);
        assertThat(counter.during(() -> users.findByUsername("ann"))).hasSize(1);
        assertThat(users.findById("1").orElseThrow().user().permissions()).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void finds_a_token_and_its_owner_by_one_statement(TestDatabase database) {
        CountingDataSource counter = new CountingDataSource(database.pool());
        JdbcStores stores = database.empty(counter.source(), "counts_");
        stores.users().add(ann(), "hash");
        Samples.add(stores.tokens(), Samples.token("t", "1"));
        Samples.add(stores.tokens(), Samples.token("orphan", "gone"));

        assertThat(counter.during(() -> stores.tokens().findWithUser(Samples.value("t"), stores.users())))
                .hasSize(1);
        assertThat(stores.tokens().findWithUser(Samples.value("t"), stores.users()))
                .contains(new UserStore.WithUser<>(
                        Samples.token("t", "1"), stores.users().findById("1")));
        assertThat(stores.tokens().findWithUser(Samples.value("orphan"), stores.users()))
                .contains(new UserStore.WithUser<>(Samples.token("orphan", "gone"), Optional.empty()));
        assertThat(stores.tokens().findWithUser(Samples.value("none"), stores.users()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void finds_a_session_and_its_user_by_one_statement(TestDatabase database) {
        CountingDataSource counter = new CountingDataSource(database.pool());
        JdbcStores stores = database.empty(counter.source(), "counts_");
        stores.users().add(ann(), "hash");
        Samples.add(stores.sessions(), Samples.session("s", "1"));
        Samples.add(stores.sessions(), Samples.session("orphan", "gone"));

        assertThat(counter.during(() -> stores.sessions().findWithUser(Samples.key("s"), stores.users())))
                .hasSize(1);
        assertThat(stores.sessions().findWithUser(Samples.key("s"), stores.users()))
                .contains(new UserStore.WithUser<>(
                        Samples.session("s", "1"), stores.users().findById("1")));
        assertThat(stores.sessions().findWithUser(Samples.key("orphan"), stores.users()))
                .contains(new UserStore.WithUser<>(Samples.session("orphan", "gone"), Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void refreshes_by_at_most_three_statements(TestDatabase database) {
        CountingDataSource counter = new CountingDataSource(database.pool());
        TokenFamilyStore store = database.empty(counter.source(), "counts_").refreshTokens();
        store.start(Samples.family("f", "u"), Samples.refreshToken("a"));

        RotationMode replace = RotationMode.ROTATE;
        // PostgreSQL changes a family and adds tokens by one statement.
        int all = database == TestDatabase.POSTGRESQL ? 2 : 3;
        assertCost(counter, store, rotation(RotationMode.NONE, "f", "a", "a"), Result.Rotated.class, 2);
        assertCost(counter, store, rotation(RotationMode.REISSUE, "f", "a", "b"), Result.Rotated.class, all);
        assertCost(counter, store, rotation(RotationMode.REISSUE, "f", "a", "c"), Result.Rotated.class, all);
        assertThat(List.of("a", "b", "c")).allMatch(token -> store.stateOf("f", token) == TokenState.LIVE);
        assertCost(counter, store, rotation(replace, "f", "b", "d"), Result.Rotated.class, all);
        assertCost(counter, store, rotation(replace, "f", "d", "e"), Result.Rotated.class, all);
        assertThat(List.of("b", "d")).allMatch(token -> store.stateOf("f", token) == TokenState.USED);
        assertThat(List.of("a", "c", "e")).allMatch(token -> store.stateOf("f", token) == TokenState.LIVE);
        assertCost(counter, store, rotation(replace, "f", "x", "y"), Result.Unknown.class, 1);
        assertCost(counter, store, rotation(replace, "f", "x", "y", true), Result.Rotated.class, all);
        assertCost(counter, store, rotation(replace, "f", "x", "z"), Result.Reused.class, 2);
        assertCost(counter, store, rotation(replace, "f", "y", "z"), Result.Revoked.class, 1);
        assertCost(counter, store, rotation(replace, "new", "a", "b", true), Result.Rotated.class, 3);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void takes_one_trip_for_each_statement_of_a_refresh_where_the_change_is_one_statement(TestDatabase database) {
        CountingDataSource counter = new CountingDataSource(database.pool());
        TokenFamilyStore store = database.empty(counter.source(), "counts_").refreshTokens();
        store.start(Samples.family("f", "u"), Samples.refreshToken("a"));
        boolean one = database == TestDatabase.POSTGRESQL;

        counter.during(() -> store.rotate(rotation(RotationMode.NONE, "f", "a", "a")));
        assertThat(counter.transactions()).isZero();
        counter.during(() -> store.rotate(rotation(RotationMode.ROTATE, "f", "a", "b")));
        assertThat(counter.transactions()).isEqualTo(one ? 0 : 1);
        counter.during(() -> store.rotate(rotation(RotationMode.ROTATE, "f", "a", "c")));
        assertThat(counter.transactions()).isZero();
        assertThat(store.stateOf("f", "b")).isEqualTo(TokenState.REVOKED);
        counter.during(() -> store.rotate(rotation(RotationMode.ROTATE, "new", "a", "b", true)));
        assertThat(counter.transactions()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void finds_out_by_one_statement_what_is_revoked(TestDatabase database) {
        CountingDataSource counter = new CountingDataSource(database.pool());
        JdbcStores stores = database.empty(counter.source(), "counts_");
        Revocation.Subject token = new Revocation.Subject("f", "t", "u", NOW);

        assertThat(counter.during(() -> stores.revocations().isRevoked(token))).hasSize(1);
        assertThat(counter.during(() -> stores.revocations().since(0, 10))).hasSize(1);
        assertThat(counter.during(() -> stores.revocations()
                        .add(List.of(new Revocation(Revocation.Kind.TOKEN, "t", NOW, NOW.plusSeconds(60))))))
                .hasSize(3);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void counts_by_two_statements_and_refuses_by_one(TestDatabase database) {
        CountingDataSource counter = new CountingDataSource(database.pool());
        JdbcCounterStore store = database.empty(counter.source(), "counts_").counters();
        Rate rate = Rate.parse("3/min");
        store.tryAcquire("the first one sweeps", rate, NOW);

        for (int i = 0; i < 3; i++) {
            assertThat(counter.during(() -> store.tryAcquire("key", rate, NOW))).hasSize(2);
        }
        assertThat(counter.during(() -> store.tryAcquire("key", rate, NOW))).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void uses_a_one_time_secret_by_at_most_two_statements(TestDatabase database) {
        CountingDataSource counter = new CountingDataSource(database.pool());
        OneTimeStore store = database.empty(counter.source(), "counts_").oneTimeSecrets();
        OneTimeSecret secret = Samples.oneTime("o", "1");

        assertThat(counter.during(() -> store.add(secret, NOW))).hasSize(1);
        assertThat(counter.during(() -> store.find(secret.digest(), "reset", NOW)))
                .hasSize(1);
        assertThat(counter.during(() -> store.attempt(secret.digest(), "reset", NOW)))
                .hasSize(2);
        assertThat(counter.during(() -> store.consume(secret.digest(), "reset", NOW)))
                .hasSize(2);
        assertThat(counter.during(() -> store.consume(secret.digest(), "reset", NOW)))
                .hasSize(1);
        assertThat(counter.during(() -> store.attempt(secret.digest(), "reset", NOW)))
                .hasSize(1);
        assertThat(counter.during(() -> store.removeAll("1"))).hasSize(1);
    }

    private static void assertCost(
            CountingDataSource counter, TokenFamilyStore store, Rotation rotation, Class<?> result, int statements) {
        Result[] results = new Result[1];
        List<String> executed = counter.during(() -> results[0] = store.rotate(rotation));

        assertThat(results[0]).as(rotation.toString()).isInstanceOf(result);
        assertThat(executed).as(rotation.toString()).hasSize(statements);
    }

    private static UserRecord ann() {
        return UserRecord.builder("1", "ann")
                .permissions("a", "b", "c")
                .roles("r", "s")
                .build();
    }
}
