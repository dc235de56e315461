package io.postern.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.User;
import io.postern.auth.testkit.UserStoreContract;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.UserStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** The user store of {@code write-a-store.md} over a real table. */
class AccountUsersTest implements UserStoreContract {

    @Override
    public UserStore storeWith(StoredUser... users) {
        JdbcDataSource pool = new JdbcDataSource();
        pool.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        try (Connection connection = pool.getConnection();
                Statement create = connection.createStatement()) {
            create.execute("CREATE TABLE account (id VARCHAR PRIMARY KEY, login VARCHAR UNIQUE, hash VARCHAR,"
                    + " enabled BOOLEAN, staff BOOLEAN)");
            for (StoredUser user : users) {
                insert(connection, user);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new AccountUsers(pool);
    }

    /** The table has no permissions, roles or superusers. */
    @Override
    @Test
    public void finds_a_user_with_all_that_was_stored() {
        StoredUser stored = new StoredUser(
                UserRecord.builder("7", "ann").active(false).staff(true).build(), "hash");

        assertThat(storeWith(stored).findById("7")).contains(stored);
        assertThat(storeWith(stored).findByUsername("ann")).contains(stored);
    }

    private static void insert(Connection connection, StoredUser stored) throws SQLException {
        User user = stored.user();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO account VALUES (?, ?, ?, ?, ?)")) {
            insert.setString(1, user.id());
            insert.setString(2, user.username());
            insert.setString(3, stored.passwordHash());
            insert.setBoolean(4, user.isActive());
            insert.setBoolean(5, user.isStaff());
            insert.executeUpdate();
        }
    }
}
