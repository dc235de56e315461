package io.postern.auth.jdbc;

import io.postern.auth.jdbc.sql.Database;
import io.postern.auth.jdbc.sql.DuplicateKeyException;
import io.postern.auth.jdbc.sql.ExpiredRows;
import io.postern.auth.jdbc.sql.Row;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Stores opaque tokens in a database under the bytes of their digests. Safe for use by several threads. */
final class JdbcTokenStore implements TokenStore {

    private static final String COLUMNS = "t.id, t.user_id, t.name, t.created, t.expires, t.last_used";
    private static final int AFTER_COLUMNS = 7;

    private final Database database;
    private final UserStore users;
    private final ExpiredRows expired;
    private final String find;
    private final String findOwned;
    private final String insert;
    private final String list;
    private final String touch;
    private final String findDigest;
    private final String delete;
    private final String deleteAll;

    JdbcTokenStore(Database database, UserStore users) {
        this.database = database;
        this.users = users;
        this.expired = new ExpiredRows(database.forMaintenance(), "${prefix}token", "digest");
        String select = "SELECT " + COLUMNS + " FROM ${prefix}token t WHERE ";
        this.find = database.sql(select + "t.digest = ?");
        this.findOwned = database.sql("SELECT " + COLUMNS + ", " + UserRows.COLUMNS + " FROM ${prefix}token t"
                + " LEFT JOIN ${prefix}user u ON u.id = t.user_id"
                + " LEFT JOIN ${prefix}user_grant g ON g.user_id = u.id WHERE t.digest = ?");
        this.insert = database.sql("INSERT INTO ${prefix}token (digest, id, user_id, name, created, expires, last_used)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)");
        this.list = database.sql(select + "t.user_id = ? AND t.created >= ? AND (t.created > ? OR t.id > ?)"
                + " ORDER BY t.created, t.id LIMIT ?");
        this.touch = database.sql("UPDATE ${prefix}token SET last_used = ? WHERE digest = ?");
        this.findDigest =
                database.sql("SELECT " + COLUMNS + ", t.digest FROM ${prefix}token t WHERE t.user_id = ? AND t.id = ?");
        this.delete = database.sql("DELETE FROM ${prefix}token WHERE digest = ?");
        this.deleteAll = database.sql("DELETE FROM ${prefix}token WHERE user_id = ?");
    }

    @Override
    public Optional<StoredToken> find(TokenValue value) {
        return database.call(
                "find a token", statements -> statements.first(find, JdbcTokenStore::token, digest(value)));
    }

    @Override
    public Optional<UserStore.WithUser<StoredToken>> findWithUser(TokenValue value, UserStore owners) {
        if (owners != users) {
            return TokenStore.super.findWithUser(value, owners);
        }
        return database.call(
                "find a token and its owner",
                statements -> statements.first(findOwned, JdbcTokenStore::owned, digest(value)));
    }

    @Override
    public boolean add(TokenValue value, StoredToken token) {
        try {
            database.call(
                    "add a token",
                    statements -> statements.update(
                            insert,
                            digest(value),
                            token.id(),
                            token.userId(),
                            token.name(),
                            token.created(),
                            token.expires(),
                            token.lastUsed()));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public List<StoredToken> list(String userId, Paging paging) {
        return database.call(
                "list tokens",
                statements -> statements.page(
                        list,
                        JdbcTokenStore::token,
                        paging.limit(),
                        userId,
                        paging.created(),
                        paging.created(),
                        paging.id()));
    }

    @Override
    public void touch(TokenValue value, Instant when) {
        database.call("record the use of a token", statements -> statements.update(touch, when, digest(value)));
    }

    @Override
    public Optional<StoredToken> remove(String userId, String id) {
        return database.call("remove a token", statements -> {
            Optional<Found> found = statements.first(
                    findDigest,
                    row -> new Found(token(row), HexFormat.of().formatHex(row.getBytes(AFTER_COLUMNS))),
                    userId,
                    id);
            boolean removed = found.isPresent()
                    && statements.update(
                                    delete, HexFormat.of().parseHex(found.get().digest()))
                            == 1;
            return removed ? found.map(Found::token) : Optional.empty();
        });
    }

    @Override
    public int removeAll(String userId) {
        return database.call("remove tokens", statements -> statements.update(deleteAll, userId));
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        return expired.deleteUntil(now, limit);
    }

    private record Found(StoredToken token, String digest) {}

    private static byte[] digest(TokenValue value) {
        return HexFormat.of().parseHex(value.digest());
    }

    private static UserStore.WithUser<StoredToken> owned(Row row) throws SQLException {
        StoredToken token = token(row);
        return new UserStore.WithUser<>(
                token,
                UserRows.read(row, AFTER_COLUMNS)
                        // Some databases are configured to ignore case as a whole.
                        .filter(owner -> owner.user().id().equals(token.userId())));
    }

    private static StoredToken token(Row row) throws SQLException {
        return new StoredToken(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getInstant(4),
                row.getOptionalInstant(5),
                row.getOptionalInstant(6));
    }
}
