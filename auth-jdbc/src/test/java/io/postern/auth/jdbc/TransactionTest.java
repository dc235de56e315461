package io.postern.auth.jdbc;

import static io.postern.auth.jdbc.Samples.NOW;
import static io.postern.auth.jdbc.Samples.rotation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.auth.StoreException;
import io.postern.auth.jdbc.sql.Dialect;
import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation.Result;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores beside the transactions of an application, here Spring's. */
class TransactionTest {

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void a_connection_in_a_transaction_of_the_application_is_refused(TestDatabase database) {
        database.empty("tx_");
        JdbcStores stores = stores(database, new TransactionAwareDataSourceProxy(database.pool()));
        stores.refreshTokens().start(Samples.family("f", "u"), Samples.refreshToken("a"));

        transactions(database).executeWithoutResult(status -> {
            new JdbcTemplate(database.pool()).update("INSERT INTO tx_schema (component, version) VALUES ('app', 1)");
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> stores.refreshTokens().rotate(rotation(RotationMode.ROTATE, "f", "a", "b")))
                    .withMessageContainingAll("transaction of the application", "autoCommit(false)");
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> Samples.add(stores.tokens(), Samples.token("t", "u")));
            status.setRollbackOnly();
        });

        assertThat(applied(database)).isZero();
        assertThat(stores.refreshTokens().stateOf("f", "a")).isEqualTo(TokenState.LIVE);
        assertThat(stores.tokens().find(Samples.value("t"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void a_refused_call_leaves_the_transaction_of_the_application_as_it_is(TestDatabase database) {
        database.empty("tx_");
        JdbcStores stores = stores(database, new TransactionAwareDataSourceProxy(database.pool()));

        transactions(database).executeWithoutResult(status -> {
            new JdbcTemplate(database.pool()).update("INSERT INTO tx_schema (component, version) VALUES ('app', 1)");
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> stores.users().findById("1"));
        });

        assertThat(applied(database)).isEqualTo(1);
        database.execute("DELETE FROM tx_schema WHERE component = 'app'");
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void stores_over_the_pool_commit_whatever_becomes_of_the_transaction(TestDatabase database) {
        JdbcStores stores = database.empty("tx_");
        stores.refreshTokens().start(Samples.family("f", "u"), Samples.refreshToken("a"));
        OneTimeSecret secret = Samples.oneTime("o", "u");
        stores.oneTimeSecrets().add(secret, NOW);

        transactions(database).executeWithoutResult(status -> {
            new JdbcTemplate(database.pool()).update("INSERT INTO tx_schema (component, version) VALUES ('app', 1)");
            assertThat(stores.refreshTokens().rotate(rotation(RotationMode.ROTATE, "f", "a", "b")))
                    .isInstanceOf(Result.Rotated.class);
            assertThat(stores.oneTimeSecrets().consume(secret.digest(), secret.purpose(), NOW))
                    .contains(secret);
            status.setRollbackOnly();
        });

        assertThat(applied(database)).isZero();
        assertThat(stores.refreshTokens().stateOf("f", "a")).isEqualTo(TokenState.USED);
        assertThat(stores.oneTimeSecrets().find(secret.digest(), secret.purpose(), NOW))
                .isEmpty();
    }

    @Test
    void a_connection_that_cannot_be_had_is_reported_with_its_cause_and_without_the_password() {
        DataSource source = new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/app", "ann", "hunter2");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> JdbcStores.of(source))
                .withMessageContainingAll("cannot be reached", DriverManagerDataSource.class.getName())
                .withMessageNotContaining("hunter2")
                .havingCause()
                .isInstanceOf(SQLException.class)
                .withMessageContaining("127.0.0.1:1");
        JdbcStores stores =
                JdbcStores.builder(source).dialect(Dialect.POSTGRESQL).build();
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> stores.users().findById("1"))
                .withMessageContaining("cannot be reached")
                .withCauseInstanceOf(SQLException.class);
    }

    private static JdbcStores stores(TestDatabase database, DataSource source) {
        return JdbcStores.builder(source)
                .dialect(database.dialect())
                .tablePrefix("tx_")
                .build();
    }

    private static TransactionTemplate transactions(TestDatabase database) {
        return new TransactionTemplate(new DataSourceTransactionManager(database.pool()));
    }

    private static int applied(TestDatabase database) {
        Integer count = new JdbcTemplate(database.pool())
                .queryForObject("SELECT COUNT(*) FROM tx_schema WHERE component = 'app'", Integer.class);
        return count == null ? -1 : count;
    }
}
