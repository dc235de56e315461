package io.postern.auth.jdbc;

import io.postern.auth.jdbc.sql.Row;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads users with their permissions and roles, of which each row contains one. */
final class UserRows {

    static final String COLUMNS =
            "u.id, u.username, u.password_hash, u.stamp, u.active, u.staff, u.superuser, g.kind, g.name";

    static final int PERMISSION = 0;
    static final int ROLE = 1;

    private UserRows() {}

    /** Reads the user from this row and all that follow; {@code first} is the number of the first column. */
    static Optional<StoredUser> read(Row row, int first) throws SQLException {
        Optional<String> id = row.getOptionalString(first);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        UserRecord.Builder user = UserRecord.builder(id.get(), row.getString(first + 1))
                .active(row.getBoolean(first + 4))
                .staff(row.getBoolean(first + 5))
                .superuser(row.getBoolean(first + 6));
        String hash = row.getString(first + 2);
        String securityStamp = row.getString(first + 3);
        Set<String> permissions = new HashSet<>();
        Set<String> roles = new HashSet<>();
        do {
            long kind = row.getLong(first + 7);
            row.getOptionalString(first + 8).ifPresent((kind == ROLE ? roles : permissions)::add);
        } while (row.next());
        return Optional.of(
                new StoredUser(user.permissions(permissions).roles(roles).build(), hash, securityStamp));
    }
}
