package io.postern.auth.jdbc;

import io.postern.auth.jdbc.sql.Row;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Device;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * A family as it was at one moment, with the state of one of its tokens.
 *
 * @param snapshot what is on record
 * @param version counts the changes of the family
 */
record FamilyRow(Rotation.Snapshot snapshot, long version) {

    static final String FAMILY_COLUMNS = "f.id, f.user_id, f.stamp, f.label, f.address, f.user_agent, f.created,"
            + " f.last_refreshed, f.expires, f.ends";
    static final String COLUMNS =
            FAMILY_COLUMNS + ", f.revoked, f.version, f.current_id, f.current_issued, f.current_expires";

    /** Reads {@link #COLUMNS}, and the id and the time of use of a token unless it is the current one. */
    static FamilyRow read(Row row, String tokenId) throws SQLException {
        TokenRecord current = new TokenRecord(row.getString(13), row.getInstant(14), row.getInstant(15));
        boolean known = row.getOptionalString(16).isPresent();
        Optional<Instant> usedAt = row.getOptionalInstant(17);
        TokenState state;
        if (current.id().equals(tokenId)) {
            state = TokenState.LIVE;
        } else if (known) {
            state = usedAt.isPresent() ? TokenState.USED : TokenState.LIVE;
        } else {
            state = TokenState.UNKNOWN;
        }
        boolean used = state == TokenState.USED;
        return new FamilyRow(
                new Rotation.Snapshot(
                        family(row), row.getBoolean(11), current, state, used ? usedAt : Optional.empty()),
                row.getLong(12));
    }

    static TokenFamily family(Row row) throws SQLException {
        return new TokenFamily(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                new Device(row.getString(4), row.getString(5), row.getString(6)),
                row.getInstant(7),
                row.getInstant(8),
                row.getInstant(9),
                row.getInstant(10));
    }

    boolean revoked() {
        return snapshot.revoked();
    }
}
