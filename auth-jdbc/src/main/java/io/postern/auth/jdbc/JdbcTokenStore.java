package io.postern.auth.jdbc;

import io.postern.auth.jdbc.sql.Database;
import io.postern.auth.jdbc.sql.DuplicateKeyException;
import io.postern.auth.jdbc.sql.ExpiredRows;
import io.postern.auth.jdbc.sql.Keys;
import io.postern.auth.jdbc.sql.Row;
import io.postern.auth.jdbc.sql.Statements;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserStore;
import io.postern.auth.user.WithUser;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Keeps opaque tokens in a database, by the bytes of their digests. Safe for use by several threads. */
final class JdbcTokenStore implements TokenStore {

    private static final String ADD = "add a token";
    private static final int TRIES = 3;
    private static final String COLUMNS =
            "t.digest, t.id, t.user_id, t.name, t.created, t.expires, t.last_used, t.encrypted";
    private static final int AFTER_COLUMNS = 9;

    private final Database database;
    private final UserStore users;
    private final ExpiredRows expired;
    private final String find;
    private final String findOwned;
    private final String insert;
    private final String findRepeatable;
    private final String freeRepeatable;
    private final String list;
    private final String touch;
    private final String findById;
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
        this.insert = database.sql("INSERT INTO ${prefix}token (digest, id, user_id, name, created, expires, last_used,"
                + " encrypted, repeatable_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        this.findRepeatable = database.sql(select + "t.user_id = ? AND t.encrypted IS NOT NULL"
                + " AND (t.expires IS NULL OR t.expires > ?) ORDER BY t.created, t.id LIMIT 1");
        this.freeRepeatable =
                database.sql("UPDATE ${prefix}token SET repeatable_of = NULL WHERE repeatable_of = ? AND expires <= ?");
        this.list = database.sql(select + "t.user_id = ? AND t.created >= ? AND (t.created > ? OR t.id > ?)"
                + " ORDER BY t.created, t.id LIMIT ?");
        this.touch = database.sql("UPDATE ${prefix}token SET last_used = ? WHERE digest = ?");
        this.findById = database.sql(select + "t.user_id = ? AND t.id = ?");
        this.delete = database.sql("DELETE FROM ${prefix}token WHERE digest = ?");
        this.deleteAll = database.sql("DELETE FROM ${prefix}token WHERE user_id = ?");
    }

    @Override
    public Optional<StoredToken> find(String digest) {
        return Keys.ofDigest(digest)
                .flatMap(bytes -> database.call(
                        "find a token", statements -> statements.first(find, JdbcTokenStore::token, bytes)));
    }

    @Override
    public Optional<WithUser<StoredToken>> findWithUser(String digest, UserStore owners) {
        if (owners != users) {
            return TokenStore.super.findWithUser(digest, owners);
        }
        return Keys.ofDigest(digest)
                .flatMap(bytes -> database.call(
                        "find a token and its owner",
                        statements -> statements.first(findOwned, JdbcTokenStore::owned, bytes)));
    }

    @Override
    public void add(StoredToken token) {
        try {
            database.call(ADD, statements -> insert(statements, token, Optional.empty()));
        } catch (DuplicateKeyException e) {
            throw taken(e);
        }
    }

    @Override
    public StoredToken addUnlessRepeatable(StoredToken token, Instant now) {
        for (int i = 1; ; i++) {
            Optional<StoredToken> there = repeatable(token.userId(), now);
            if (there.isPresent()) {
                return there.get();
            }
            try {
                // The unique column lets one of several parallel callers insert; the next try of the others finds it.
                Optional<String> owner = token.encrypted().map(text -> token.userId());
                database.call(ADD, statements -> insert(statements, token, owner));
                return token;
            } catch (DuplicateKeyException e) {
                if (i == TRIES) {
                    throw taken(e);
                }
                database.call(ADD, statements -> statements.update(freeRepeatable, token.userId(), now));
            }
        }
    }

    @Override
    public List<StoredToken> list(String userId, Paging paging) {
        return database.call(
                "list tokens",
                statements -> statements.list(
                        list,
                        JdbcTokenStore::token,
                        userId,
                        paging.created(),
                        paging.created(),
                        paging.id(),
                        paging.limit()));
    }

    @Override
    public void touch(String digest, Instant when) {
        Keys.ofDigest(digest)
                .ifPresent(bytes ->
                        database.call("note the use of a token", statements -> statements.update(touch, when, bytes)));
    }

    @Override
    public Optional<StoredToken> remove(String userId, String id) {
        return database.call("remove a token", statements -> {
            Optional<StoredToken> found = statements.first(findById, JdbcTokenStore::token, userId, id);
            boolean removed = found.isPresent() && statements.update(delete, digest(found.get())) == 1;
            return removed ? found : Optional.empty();
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

    private Optional<StoredToken> repeatable(String userId, Instant now) {
        return database.call(
                "find a token to tell again",
                statements -> statements.first(findRepeatable, JdbcTokenStore::token, userId, now));
    }

    private int insert(Statements statements, StoredToken token, Optional<String> repeatableOf) throws SQLException {
        return statements.update(
                insert,
                digest(token),
                token.id(),
                token.userId(),
                token.name(),
                token.created(),
                token.expires(),
                token.lastUsed(),
                token.encrypted(),
                repeatableOf);
    }

    private static byte[] digest(StoredToken token) {
        return Keys.ofDigest(token.digest())
                .orElseThrow(() -> new IllegalArgumentException("the digest of a token is 64 hex digits"));
    }

    private static WithUser<StoredToken> owned(Row row) throws SQLException {
        StoredToken token = token(row);
        return new WithUser<>(
                token,
                UserRows.read(row, AFTER_COLUMNS)
                        // Some databases are told to ignore case as a whole.
                        .filter(owner -> owner.user().id().equals(token.userId())));
    }

    private static StoredToken token(Row row) throws SQLException {
        return new StoredToken(
                row.getString(2),
                HexFormat.of().formatHex(row.getBytes(1)),
                row.getString(3),
                row.getString(4),
                row.getInstant(5),
                row.getOptionalInstant(6),
                row.getOptionalInstant(7),
                row.getOptionalString(8));
    }

    private static IllegalStateException taken(DuplicateKeyException cause) {
        return new IllegalStateException("a token of this digest or id is there already", cause);
    }
}
