package io.postern.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.session.SessionSettings;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.token.ApiTokens;
import io.postern.auth.user.Device;
import io.postern.auth.user.UserRecord;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretsTest {

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void no_column_contains_what_authenticates(TestDatabase database) throws Exception {
        JdbcStores stores = database.empty("secrets_");
        UserRecord ann = UserRecord.of("1", "ann");
        stores.users().add(ann, "hash");
        List<String> secrets = new ArrayList<>();

        ApiTokens tokens =
                ApiTokens.builder(stores.tokens()).repeatable(new byte[32]).build();
        secrets.add(tokens.getOrIssue("1").value().reveal());
        JwtTokens refresh = JwtTokens.builder(
                        JwtSettings.builder(KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32])
                                        .withId("k")))
                                .build(),
                        stores.users())
                .store(stores.refreshTokens())
                .build();
        TokenPair pair = refresh.issue(ann, Device.unknown());
        refresh.refresh(pair.refresh(), Device.unknown());
        secrets.add(pair.refresh());
        secrets.add(pair.refresh().substring(pair.refresh().lastIndexOf('.') + 1));
        secrets.add(pair.access());
        String cookie = new SessionLogin(stores.users(), stores.sessions(), SessionSettings.django(), Clock.systemUTC())
                .login(FakeRequest.post("/login"), "1")
                .setCookie()
                .orElseThrow();
        secrets.add(cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')));

        String reset = OneTimeSecret.newValue();
        stores.oneTimeSecrets()
                .add(
                        new OneTimeSecret(OneTimeSecret.digestOf(reset), "reset", "1", "", "", Instant.MAX, 1),
                        Instant.now());
        secrets.add(reset);

        List<String> dump = dump(database);
        assertThat(dump).hasSizeGreaterThan(40).contains("ann", "reset");
        for (String secret : secrets) {
            assertThat(secret).hasSizeGreaterThan(20);
            assertThat(dump).noneMatch(value -> value.contains(secret));
        }
    }

    /** Returns the values of all columns of all rows, as strings. */
    private static List<String> dump(TestDatabase database) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.pool().getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TestDatabase.TABLES) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM secrets_" + table)) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            Object value = rows.getObject(i);
                            values.add(
                                    value instanceof byte[] bytes
                                            ? new String(bytes, StandardCharsets.ISO_8859_1)
                                            : String.valueOf(value));
                        }
                    }
                }
            }
        }
        return values;
    }
}
