package io.postern.auth.jdbc;

import io.postern.auth.jdbc.sql.Database;
import io.postern.auth.jdbc.sql.DuplicateKeyException;
import io.postern.auth.jdbc.sql.ExpiredRows;
import io.postern.auth.jdbc.sql.Keys;
import io.postern.auth.jdbc.sql.Row;
import io.postern.auth.jdbc.sql.Statements;
import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.onetime.OneTimeStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Stores one-time secrets in a database, by the bytes of their digests.
 *
 * <p>A secret is consumed by the transaction that deletes its locked row, and an attempt is counted by a conditional update.
 * Safe for use by several threads.
 */
final class JdbcOneTimeStore implements OneTimeStore {

    private final Database database;
    private final ExpiredRows expired;
    private final String insert;
    private final String find;
    private final String lock;
    private final String delete;
    private final String attempt;
    private final String deleteOfUser;
    private final String deleteOfPurpose;

    JdbcOneTimeStore(Database database) {
        this.database = database;
        this.expired = new ExpiredRows(database.forMaintenance(), "${prefix}one_time_secret", "digest");
        this.insert = database.sql("INSERT INTO ${prefix}one_time_secret (digest, purpose, user_id, binding, payload,"
                + " expires, attempts_left) VALUES (?, ?, ?, ?, ?, ?, ?)");
        this.find = database.sql("SELECT digest, purpose, user_id, binding, payload, expires, attempts_left"
                + " FROM ${prefix}one_time_secret WHERE digest = ? AND purpose = ? AND expires > ?");
        this.lock = find + " FOR UPDATE";
        this.delete = database.sql("DELETE FROM ${prefix}one_time_secret WHERE digest = ?");
        this.attempt = database.sql("UPDATE ${prefix}one_time_secret SET attempts_left = attempts_left - 1"
                + " WHERE digest = ? AND purpose = ? AND expires > ? AND attempts_left > 0");
        this.deleteOfUser = database.sql("DELETE FROM ${prefix}one_time_secret WHERE user_id = ?");
        this.deleteOfPurpose = deleteOfUser + " AND purpose = ?";
    }

    @Override
    public void add(OneTimeSecret secret, Instant now) {
        byte[] digest = Keys.ofDigest(secret.digest())
                .orElseThrow(() -> new IllegalArgumentException("the digest must be 64 lower-case hex digits"));
        String userId = secret.userId();
        if (userId != null && !Keys.fits(userId)) {
            throw new IllegalArgumentException("the id of a user is longer than " + Keys.MAX_LENGTH + " characters");
        }
        try {
            database.call(
                    "add a one-time secret",
                    statements -> statements.update(
                            insert,
                            digest,
                            secret.purpose(),
                            userId,
                            secret.binding(),
                            secret.payload(),
                            secret.expires(),
                            secret.attemptsLeft()));
        } catch (DuplicateKeyException e) {
            throw new IllegalStateException("a one-time secret of this digest exists", e);
        }
    }

    @Override
    public Optional<OneTimeSecret> find(String digest, String purpose, Instant now) {
        return Keys.ofDigest(digest)
                .flatMap(bytes -> database.call(
                        "find a one-time secret", statements -> first(statements, find, bytes, purpose, now)));
    }

    @Override
    public Optional<OneTimeSecret> consume(String digest, String purpose, Instant now) {
        return Keys.ofDigest(digest)
                .flatMap(bytes -> database.transaction("consume a one-time secret", statements -> {
                    Optional<OneTimeSecret> secret = first(statements, lock, bytes, purpose, now);
                    boolean consumed = secret.isPresent() && statements.update(delete, bytes) == 1;
                    return consumed ? secret : Optional.empty();
                }));
    }

    @Override
    public Optional<OneTimeSecret> attempt(String digest, String purpose, Instant now) {
        return Keys.ofDigest(digest)
                .flatMap(bytes -> database.transaction("count an attempt", statements -> {
                    boolean counted = statements.update(attempt, bytes, purpose, now) == 1;
                    return counted ? first(statements, find, bytes, purpose, now) : Optional.empty();
                }));
    }

    @Override
    public int removeAll(String userId) {
        return database.call("delete one-time secrets", statements -> statements.update(deleteOfUser, userId));
    }

    @Override
    public int removeAll(String userId, String purpose) {
        return database.call(
                "delete one-time secrets", statements -> statements.update(deleteOfPurpose, userId, purpose));
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        return expired.deleteUntil(now, limit);
    }

    private static Optional<OneTimeSecret> first(
            Statements statements, String sql, byte[] digest, String purpose, Instant now) throws SQLException {
        return statements
                .first(sql, JdbcOneTimeStore::secret, digest, purpose, now)
                // Some databases are configured to ignore case.
                .filter(secret -> secret.purpose().equals(purpose));
    }

    private static OneTimeSecret secret(Row row) throws SQLException {
        return new OneTimeSecret(
                HexFormat.of().formatHex(row.getBytes(1)),
                row.getString(2),
                row.getOptionalString(3).orElse(null),
                row.getString(4),
                row.getString(5),
                row.getInstant(6),
                Math.toIntExact(row.getLong(7)));
    }
}
