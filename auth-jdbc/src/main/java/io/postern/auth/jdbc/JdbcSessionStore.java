package io.postern.auth.jdbc;

import io.postern.auth.jdbc.sql.Database;
import io.postern.auth.jdbc.sql.DuplicateKeyException;
import io.postern.auth.jdbc.sql.ExpiredRows;
import io.postern.auth.jdbc.sql.Row;
import io.postern.auth.session.SessionStore;
import io.postern.auth.session.StoredSession;
import io.postern.auth.user.Device;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Stores sessions in a database under the bytes of their digests. Safe for use by several threads. */
final class JdbcSessionStore implements SessionStore {

    private static final String COLUMNS =
            "s.id, s.user_id, s.stamp, s.label, s.address, s.user_agent, s.created, s.last_used, s.expires";
    private static final int AFTER_COLUMNS = 10;

    private final Database database;
    private final UserStore users;
    private final ExpiredRows expired;
    private final String find;
    private final String findOwned;
    private final String insert;
    private final String touch;
    private final String list;
    private final String deleteByKey;
    private final String delete;
    private final String deleteAll;
    private final String deleteOthers;

    JdbcSessionStore(Database database, UserStore users) {
        this.database = database;
        this.users = users;
        this.expired = new ExpiredRows(database.forMaintenance(), "${prefix}session", "digest");
        String select = "SELECT " + COLUMNS + " FROM ${prefix}session s WHERE ";
        this.find = database.sql(select + "s.digest = ?");
        this.findOwned = database.sql("SELECT " + COLUMNS + ", " + UserRows.COLUMNS + " FROM ${prefix}session s"
                + " LEFT JOIN ${prefix}user u ON u.id = s.user_id"
                + " LEFT JOIN ${prefix}user_grant g ON g.user_id = u.id WHERE s.digest = ?");
        this.insert = database.sql("INSERT INTO ${prefix}session (digest, id, user_id, stamp, label, address,"
                + " user_agent, created, last_used, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        this.touch = database.sql("UPDATE ${prefix}session SET last_used = ?, expires = ? WHERE digest = ?");
        this.list = database.sql(select + "s.user_id = ? AND s.created >= ? AND (s.created > ? OR s.id > ?)"
                + " AND s.expires > ? ORDER BY s.created, s.id LIMIT ?");
        this.deleteByKey = database.sql("DELETE FROM ${prefix}session WHERE digest = ?");
        this.delete = database.sql("DELETE FROM ${prefix}session WHERE user_id = ? AND id = ?");
        this.deleteAll = database.sql("DELETE FROM ${prefix}session WHERE user_id = ?");
        this.deleteOthers = database.sql("DELETE FROM ${prefix}session WHERE user_id = ? AND id <> ?");
    }

    @Override
    public Optional<StoredSession> find(SessionStore.Key key) {
        return database.call(
                "find a session", statements -> statements.first(find, JdbcSessionStore::session, digest(key)));
    }

    @Override
    public Optional<UserStore.WithUser<StoredSession>> findWithUser(SessionStore.Key key, UserStore owners) {
        if (owners != users) {
            return SessionStore.super.findWithUser(key, owners);
        }
        return database.call(
                "find a session and its user",
                statements -> statements.first(findOwned, JdbcSessionStore::owned, digest(key)));
    }

    @Override
    public boolean add(SessionStore.Key key, StoredSession session) {
        Device device = session.device();
        try {
            database.call(
                    "add a session",
                    statements -> statements.update(
                            insert,
                            digest(key),
                            session.id(),
                            session.userId(),
                            session.securityStamp(),
                            device.label(),
                            device.address(),
                            device.userAgent(),
                            session.created(),
                            session.lastUsed(),
                            session.expires()));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public void touch(SessionStore.Key key, Instant when, Instant expires) {
        database.call(
                "record the use of a session", statements -> statements.update(touch, when, expires, digest(key)));
    }

    @Override
    public boolean remove(SessionStore.Key key) {
        return database.call("remove a session", statements -> statements.update(deleteByKey, digest(key)) > 0);
    }

    @Override
    public List<StoredSession> list(String userId, Instant now, Paging paging) {
        return database.call(
                "list sessions",
                statements -> statements.page(
                        list,
                        JdbcSessionStore::session,
                        paging.limit(),
                        userId,
                        paging.created(),
                        paging.created(),
                        paging.id(),
                        now));
    }

    @Override
    public boolean remove(String userId, String id) {
        return database.call("remove a session", statements -> statements.update(delete, userId, id) > 0);
    }

    @Override
    public int removeAll(String userId, Optional<String> except) {
        return database.call(
                "remove sessions",
                statements -> except.isPresent()
                        ? statements.update(deleteOthers, userId, except.get())
                        : statements.update(deleteAll, userId));
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        return expired.deleteUntil(now, limit);
    }

    private static UserStore.WithUser<StoredSession> owned(Row row) throws SQLException {
        StoredSession session = session(row);
        return new UserStore.WithUser<>(
                session,
                UserRows.read(row, AFTER_COLUMNS)
                        // Some databases are configured to ignore case as a whole.
                        .filter(owner -> owner.user().id().equals(session.userId())));
    }

    private static StoredSession session(Row row) throws SQLException {
        return new StoredSession(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                new Device(row.getString(4), row.getString(5), row.getString(6)),
                row.getInstant(7),
                row.getInstant(8),
                row.getInstant(9));
    }

    private static byte[] digest(SessionStore.Key key) {
        return HexFormat.of().parseHex(key.digest());
    }
}
