package io.postern.auth.jdbc;

import static io.postern.auth.jdbc.Samples.NOW;
import static io.postern.auth.jdbc.Samples.digest;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.revocation.Revocation;
import io.postern.auth.throttle.Rate;
import io.postern.auth.user.Paging;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** PostgreSQL tells how it would answer: by indexes, however many rows there are. */
class IndexUseTest {

    private static final TestDatabase DATABASE = TestDatabase.POSTGRESQL;

    @Test
    void no_statement_of_a_request_reads_a_whole_table() throws Exception {
        CountingDataSource counting = new CountingDataSource(DATABASE.pool());
        JdbcStores stores = DATABASE.empty(counting.source(), "index_");
        fill();

        List<String> statements = counting.during(() -> everything(stores));

        assertThat(statements).hasSizeGreaterThan(25);
        for (String sql : statements) {
            assertThat(plan(sql)).as(sql).doesNotContain("Seq Scan on index_");
        }
    }

    @Test
    void a_refresh_by_the_current_token_reads_no_other_token() throws Exception {
        CountingDataSource counting = new CountingDataSource(DATABASE.pool());
        JdbcStores stores = DATABASE.empty(counting.source(), "index_");
        fill();
        String sql =
                counting.during(() -> stores.refreshTokens().stateOf("f1", "a")).get(0);

        assertThat(explained("EXPLAIN ANALYZE " + bound(sql, "a", "a", "a", "a", "f1")))
                .contains("never executed")
                .doesNotContainPattern("refresh_token.*actual");
        assertThat(explained("EXPLAIN ANALYZE " + bound(sql, "b", "b", "b", "b", "f1")))
                .containsPattern("refresh_token.*actual");
    }

    private static boolean everything(JdbcStores stores) {
        Paging paging = Paging.first(10);
        stores.users().findById("1");
        stores.users().findByUsername("name1");
        stores.users().replacePasswordHash("1", "x", "y");
        stores.tokens().findWithUser(Samples.value("t"), stores.users());
        stores.tokens().find(Samples.value("t"));
        stores.tokens().touch(Samples.value("t"), NOW);
        stores.tokens().list("1", paging);
        stores.tokens().remove("1", "t1");
        stores.tokens().removeAll("1");
        Samples.add(stores.tokens(), Samples.token("new", "1"));
        stores.tokens().deleteExpired(Instant.EPOCH.plusSeconds(1), 10);
        stores.sessions().findWithUser(Samples.key("s"), stores.users());
        stores.sessions().touch(Samples.key("s"), NOW, NOW);
        stores.sessions().list("1", NOW, paging);
        stores.sessions().remove(Samples.key("s1"));
        stores.sessions().remove("1", "s1");
        stores.sessions().removeAll("1", Optional.of("s1"));
        stores.sessions().deleteExpired(Instant.EPOCH.plusSeconds(1), 10);
        stores.refreshTokens().rotate(Samples.rotation(RotationMode.ROTATE, "f1", "a", "b", true));
        stores.refreshTokens().revoke(Samples.family("f2", "u"), Samples.refreshToken("a"));
        stores.refreshTokens().stateOf("f1", "a");
        stores.refreshTokens().list("1", NOW, paging);
        stores.refreshTokens().revokeFamily("1", "f1");
        stores.refreshTokens().revokeAll("1", Optional.empty());
        stores.refreshTokens().deleteExpired(Instant.EPOCH.plusSeconds(1), 10);
        stores.revocations().isRevoked(new Revocation.Subject("f", "t", "u", NOW));
        stores.revocations().since(19_990, 10);
        stores.revocations().deleteExpired(Instant.EPOCH.plusSeconds(1), 10);
        stores.oneTimeSecrets().find(digest("o1"), "purpose", NOW);
        stores.oneTimeSecrets().attempt(digest("o1"), "purpose", NOW);
        stores.oneTimeSecrets().consume(digest("o1"), "purpose", NOW);
        stores.oneTimeSecrets().removeAll("1");
        stores.oneTimeSecrets().removeAll("1", "purpose");
        stores.oneTimeSecrets().deleteExpired(Instant.EPOCH.plusSeconds(1), 10);
        stores.counters().tryAcquire("c1", Rate.parse("1/s"), Instant.EPOCH);
        return true;
    }

    private static void fill() {
        String rows = " FROM generate_series(1, 20000) AS i";
        DATABASE.execute("INSERT INTO index_user SELECT i, 'name' || i, '', '', true, false, false" + rows);
        DATABASE.execute("INSERT INTO index_user_grant SELECT i, 0, 'p' FROM generate_series(1, 20000) AS i");
        DATABASE.execute(
                "INSERT INTO index_token SELECT sha256(('t' || i)::bytea), 't' || i, i, '', i, i, NULL" + rows);
        DATABASE.execute(
                "INSERT INTO index_session SELECT sha256(('s' || i)::bytea), 's' || i, i, '', '', '', '', i, i, i"
                        + rows);
        DATABASE.execute("INSERT INTO index_refresh_family"
                + " SELECT 'f' || i, i, 's', '', '', '', i, i, i, 9e15, false, 0, 'a', 0, 0" + rows);
        DATABASE.execute("INSERT INTO index_refresh_token SELECT 'f' || i, 'b', NULL, i" + rows);
        DATABASE.execute("INSERT INTO index_revocation SELECT 'T:' || i, NULL, i, i, i" + rows);
        DATABASE.execute("INSERT INTO index_one_time_secret"
                + " SELECT sha256(('o' || i)::bytea), 'purpose', i, '', '', 9e15, 3" + rows);
        DATABASE.execute("INSERT INTO index_counter SELECT 'c' || i, '', 0, i" + rows);
        TestDatabase.TABLES.forEach(table -> DATABASE.execute("ANALYZE index_" + table));
    }

    private static String plan(String sql) throws SQLException {
        return explained("EXPLAIN (GENERIC_PLAN) " + numbered(sql));
    }

    private static String explained(String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        // The extended protocol would take the placeholders for its own.
        String url = DATABASE.pool().getJdbcUrl();
        try (Connection connection =
                        DriverManager.getConnection(url + (url.contains("?") ? "&" : "?") + "preferQueryMode=simple");
                Statement statement = connection.createStatement();
                ResultSet plan = statement.executeQuery(sql)) {
            while (plan.next()) {
                lines.add(plan.getString(1));
            }
        }
        return String.join("\n", lines);
    }

    private static String bound(String sql, String... values) {
        String all = sql;
        for (String value : values) {
            all = all.replaceFirst("\\?", "'" + value + "'");
        }
        return all;
    }

    private static String numbered(String sql) {
        int[] number = {0};
        return Pattern.compile("\\?").matcher(sql).replaceAll(found -> Matcher.quoteReplacement("$" + ++number[0]));
    }
}
