package io.postern.benchmarks;

import io.postern.InMemoryStores;
import io.postern.auth.redis.RedisStores;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import redis.clients.jedis.JedisPooled;
import redis.embedded.RedisServer;

/** A request by opaque token against the bare look-up by the same pool. */
final class TokenBenchmark {

    private static final String BARE = "SELECT t.id, t.user_id, t.name, t.created, t.expires, t.last_used,"
            + " u.id, u.username, u.password_hash, u.stamp, u.active, u.staff, u.superuser, g.kind, g.name"
            + " FROM postern_token t LEFT JOIN postern_user u ON u.id = t.user_id"
            + " LEFT JOIN postern_user_grant g ON g.user_id = u.id WHERE t.digest = ?";

    private final SplittableRandom chance = new SplittableRandom(1);

    String postgresql(PostgresBed bed, int tokens) throws Exception {
        Application application = bed.application();
        return Paired.compare(
                "PostgreSQL, " + tokens + " tokens",
                () -> query(bed.pool(), Application.tokenText(chance.nextInt(tokens))),
                () -> application.authenticate(Application.tokenText(chance.nextInt(tokens))));
    }

    /** The same request among few tokens and among many. */
    String large(PostgresBed few, int fewTokens, PostgresBed many, int manyTokens) throws Exception {
        Application small = few.application();
        Application large = many.application();
        return Paired.compare(
                fewTokens + " and " + manyTokens + " tokens",
                () -> small.authenticate(Application.tokenText(chance.nextInt(fewTokens))),
                () -> large.authenticate(Application.tokenText(chance.nextInt(manyTokens))));
    }

    String redis(int tokens) throws Exception {
        RedisServer server = RedisServer.newRedisServer()
                .port(freePort())
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
        try (JedisPooled client = RedisStores.connect(
                URI.create("redis://127.0.0.1:" + server.ports().get(0)))) {
            TokenStore store = RedisStores.builder(client).build().tokens();
            InMemoryUserStore users = new InMemoryUserStore();
            users.add(UserRecord.of("1", "ann"), "");
            for (int i = 0; i < tokens; i++) {
                store.add(TokenValue.of(Application.tokenText(i)), token(i));
                client.set("bare:" + Application.tokenText(i), "x".repeat(120));
            }
            Application application = Application.of(users, store, new InMemoryStores().refreshTokens());
            return Paired.compare(
                    "Redis, " + tokens + " tokens",
                    () -> client.get("bare:" + Application.tokenText(chance.nextInt(tokens))),
                    () -> application.authenticate(Application.tokenText(chance.nextInt(tokens))));
        } finally {
            server.stop();
        }
    }

    static StoredToken token(int number) {
        return new StoredToken(
                String.format("%032x", number),
                "1",
                "",
                Application.NOW,
                Optional.empty(),
                Optional.of(Application.NOW));
    }

    private static void query(DataSource pool, String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(BARE)) {
            statement.setBytes(1, digest);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next() || row.getString("username") == null) {
                    throw new SQLException("a token without an owner");
                }
            }
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
