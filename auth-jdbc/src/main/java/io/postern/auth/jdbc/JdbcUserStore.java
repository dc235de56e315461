package io.postern.auth.jdbc;

import io.postern.auth.User;
import io.postern.auth.jdbc.sql.Database;
import io.postern.auth.jdbc.sql.DuplicateKeyException;
import io.postern.auth.jdbc.sql.Keys;
import io.postern.auth.jdbc.sql.Statements;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Stores users in a database, for applications without a user table of their own.
 *
 * <pre>{@code
 * JdbcUserStore users = stores.users();
 * users.add(UserRecord.of("1", "ann"), hasher.hash(Password.of("correct horse battery")));
 * }</pre>
 *
 * Ids, usernames, permissions and roles have up to 255 characters and are compared exactly. Safe for use by several threads.
 */
public final class JdbcUserStore implements UserStore {

    private static final String FIND = "find a user";

    private final Database database;
    private final String byId;
    private final String byUsername;
    private final String replaceHash;
    private final String insert;
    private final String insertGrant;
    private final String lock;
    private final String update;
    private final String setHash;
    private final String deleteGrants;
    private final String delete;

    JdbcUserStore(Database database) {
        this.database = database;
        String find = "SELECT " + UserRows.COLUMNS + " FROM ${prefix}user u"
                + " LEFT JOIN ${prefix}user_grant g ON g.user_id = u.id WHERE ";
        this.byId = database.sql(find + "u.id = ?");
        this.byUsername = database.sql(find + "u.username = ?");
        this.replaceHash =
                database.sql("UPDATE ${prefix}user SET password_hash = ? WHERE id = ? AND password_hash = ?");
        this.insert = database.sql("INSERT INTO ${prefix}user"
                + " (id, username, password_hash, stamp, active, staff, superuser) VALUES (?, ?, ?, ?, ?, ?, ?)");
        this.insertGrant = database.sql("INSERT INTO ${prefix}user_grant (user_id, kind, name) VALUES (?, ?, ?)");
        this.lock = database.sql("SELECT id FROM ${prefix}user WHERE id = ? FOR UPDATE");
        this.update = database.sql(
                "UPDATE ${prefix}user SET username = ?, active = ?, staff = ?, superuser = ? WHERE id = ?");
        this.setHash = database.sql("UPDATE ${prefix}user SET password_hash = ?, stamp = ? WHERE id = ?");
        this.deleteGrants = database.sql("DELETE FROM ${prefix}user_grant WHERE user_id = ?");
        this.delete = database.sql("DELETE FROM ${prefix}user WHERE id = ?");
    }

    /**
     * Adds a user.
     *
     * @param passwordHash the hash of the password; empty if the user cannot log in by password
     * @throws IllegalArgumentException if the id or the username is taken, or a string is too long
     * @throws io.postern.auth.StoreException if the database fails
     */
    public void add(User user, String passwordHash) {
        check(user);
        StoredUser added = new StoredUser(user, passwordHash);
        try {
            database.transaction("add a user", statements -> {
                statements.update(
                        insert,
                        user.id(),
                        user.username(),
                        passwordHash,
                        added.securityStamp(),
                        user.isActive(),
                        user.isStaff(),
                        user.isSuperuser());
                grant(statements, user);
                return true;
            });
        } catch (DuplicateKeyException e) {
            throw new IllegalArgumentException(
                    "the id or the username of user " + user.id() + " is taken: use update, or choose another", e);
        }
    }

    /**
     * Replaces the user of the same id; the hash stays.
     *
     * @throws IllegalArgumentException if no user has that id, another one has the username, or a string is too
     *     long
     * @throws io.postern.auth.StoreException if the database fails
     */
    public void update(User user) {
        check(user);
        try {
            change(user.id(), statements -> {
                statements.update(
                        update, user.username(), user.isActive(), user.isStaff(), user.isSuperuser(), user.id());
                statements.update(deleteGrants, user.id());
                grant(statements, user);
                return true;
            });
        } catch (DuplicateKeyException e) {
            throw new IllegalArgumentException("the username of user " + user.id() + " is taken: choose another", e);
        }
    }

    /**
     * Sets the hash of a user's password, whatever it was before.
     *
     * @param hash the hash; empty if the user cannot log in by password
     * @throws IllegalArgumentException if no user has that id
     * @throws io.postern.auth.StoreException if the database fails
     */
    public void setPasswordHash(String id, String hash) {
        change(id, statements -> {
            // The security stamp is derived from the hash alone.
            String securityStamp = new StoredUser(User.anonymous(), hash).securityStamp();
            return statements.update(setHash, hash, securityStamp, id);
        });
    }

    @Override
    public void remove(String userId) {
        database.call("delete a user", statements -> statements.update(delete, userId));
    }

    @Override
    public Optional<StoredUser> findByUsername(String username) {
        return find(byUsername, username)
                // Some databases are configured to ignore case.
                .filter(found -> found.user().username().equals(username));
    }

    @Override
    public Optional<StoredUser> findById(String id) {
        return find(byId, id).filter(found -> found.user().id().equals(id));
    }

    @Override
    public boolean replacePasswordHash(String userId, String expected, String replacement) {
        return Keys.fits(userId)
                && database.call(
                        "replace a password hash",
                        statements -> statements.update(replaceHash, replacement, userId, expected) == 1);
    }

    private Optional<StoredUser> find(String sql, String key) {
        return Keys.fits(key)
                ? database.call(FIND, statements -> statements.first(sql, row -> UserRows.read(row, 1), key))
                        .flatMap(found -> found)
                : Optional.empty();
    }

    private void change(String id, Database.Work<?> work) {
        boolean found = database.transaction("change a user", statements -> {
            if (statements.first(lock, row -> row.getString(1), id).isEmpty()) {
                return false;
            }
            work.run(statements);
            return true;
        });
        if (!found) {
            throw new IllegalArgumentException("no user with id " + id + ": use add");
        }
    }

    private void grant(Statements statements, User user) throws SQLException {
        List<Object[]> grants = new ArrayList<>();
        user.permissions().forEach(code -> grants.add(new Object[] {user.id(), UserRows.PERMISSION, code}));
        user.roles().forEach(role -> grants.add(new Object[] {user.id(), UserRows.ROLE, role}));
        if (!grants.isEmpty()) {
            statements.batch(insertGrant, grants);
        }
    }

    private static void check(User user) {
        if (user.id().isEmpty() || user.username().isEmpty()) {
            throw new IllegalArgumentException("a user needs an id and a username");
        }
        Stream.of(Stream.of(user.id(), user.username()), user.permissions().stream(), user.roles().stream())
                .flatMap(strings -> strings)
                .filter(string -> !Keys.fits(string))
                .findFirst()
                .ifPresent(string -> {
                    throw new IllegalArgumentException("an id, username, permission or role of a user has "
                            + string.length() + " characters; choose at most " + Keys.MAX_LENGTH);
                });
    }
}
