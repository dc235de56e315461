package io.postern.benchmarks;

import static io.postern.StandardAuthenticators.jwt;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.auth.jdbc.JdbcStores;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Device;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import javax.sql.DataSource;

/** A refresh, signatures and the look-up of the user included, against three bare statements in one transaction. */
final class RefreshBenchmark {

    private static final int LOGINS = 1_000;

    private final JwtTokens tokens;
    private final DataSource pool;
    private final SplittableRandom chance = new SplittableRandom(3);
    private final String[] current = new String[LOGINS];

    RefreshBenchmark(PostgresBed bed) {
        this.tokens = tokens(bed.stores());
        this.pool = bed.pool();
    }

    /** The clock runs, because each refresh moves the expiry of its family, which tables and indexes have to follow. */
    private static JwtTokens tokens(JdbcStores stores) {
        return Postern.builder()
                .users(stores.users())
                .jwt(KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32])))
                .refreshTokens(stores.refreshTokens(), refresh -> refresh.withMode(RotationMode.ROTATE))
                .withoutListeners()
                .authenticators(jwt())
                .permissions(isAuthenticated())
                .build()
                .jwt();
    }

    String run() throws Exception {
        for (int i = 0; i < LOGINS; i++) {
            current[i] =
                    tokens.issue(UserRecord.of("1", "user1"), Device.unknown()).refresh();
            tokens.issue(UserRecord.of("2", "user2"), Device.unknown());
        }
        List<String> families = tokens.families("2", Paging.first(LOGINS)).stream()
                .map(TokenFamily::id)
                .toList();
        return Paired.compare("PostgreSQL, a refresh", () -> bare(families.get(chance.nextInt(LOGINS))), this::refresh);
    }

    private void refresh() {
        int login = chance.nextInt(LOGINS);
        RefreshResult result = tokens.refresh(current[login], Device.unknown());
        current[login] = ((RefreshResult.Refreshed) result).refresh().orElseThrow();
    }

    private void bare(String family) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            run(connection, "SELECT * FROM postern_refresh_family WHERE id = ? FOR UPDATE", family);
            run(connection, "UPDATE postern_refresh_family SET version = version + 1 WHERE id = ?", family);
            run(
                    connection,
                    "INSERT INTO postern_refresh_token (family_id, id, used_at, expires) VALUES (?, ?, 0, 0)",
                    family,
                    UUID.randomUUID().toString());
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private static void run(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.execute();
        }
    }
}
