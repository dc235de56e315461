package io.postern.samples;

import io.postern.auth.StoreException;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.UserStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

// sample: own-users
/** The users of a table {@code account} that was there before Postern. */
record AccountUsers(DataSource pool) implements UserStore {

    @Override
    public Optional<StoredUser> findByUsername(String username) {
        return find("SELECT id, login, hash, enabled, staff FROM account WHERE login = ?", username)
                .filter(found -> found.user().username().equals(username)); // whatever the collation folds
    }

    @Override
    public Optional<StoredUser> findById(String id) {
        return find("SELECT id, login, hash, enabled, staff FROM account WHERE id = ?", id)
                .filter(found -> found.user().id().equals(id));
    }

    @Override
    public boolean replacePasswordHash(String userId, String expected, String replacement) {
        try (Connection connection = pool.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE account SET hash = ? WHERE id = ? AND hash = ?")) {
            update.setString(1, replacement);
            update.setString(2, userId);
            update.setString(3, expected);
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new StoreException("the accounts cannot be changed", e);
        }
    }

    private Optional<StoredUser> find(String sql, String key) {
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(stored(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new StoreException("the accounts cannot be read", e);
        }
    }

    private static StoredUser stored(ResultSet row) throws SQLException {
        UserRecord user = UserRecord.builder(row.getString("id"), row.getString("login"))
                .active(row.getBoolean("enabled"))
                .staff(row.getBoolean("staff"))
                .build();
        return new StoredUser(user, row.getString("hash"));
    }
}
// end
