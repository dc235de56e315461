package io.postern.auth.jdbc;

import io.postern.auth.jdbc.sql.Row;
import io.postern.auth.refresh.RefreshTokenRecord;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamily;
import io.postern.auth.refresh.TokenState;
import io.postern.auth.user.Device;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * A family as it was at one moment, with what was known of one of its tokens.
 *
 * @param family the family
 * @param revoked whether it is revoked
 * @param version counts its changes
 * @param current its current token
 * @param state what is known of the token asked about
 * @param usedAt when that was used
 */
record FamilyRow(
        TokenFamily family,
        boolean revoked,
        long version,
        RefreshTokenRecord current,
        TokenState state,
        Optional<Instant> usedAt) {

    static final String FAMILY_COLUMNS = "f.id, f.user_id, f.stamp, f.label, f.address, f.user_agent, f.created,"
            + " f.last_refreshed, f.expires, f.ends";
    static final String COLUMNS = FAMILY_COLUMNS
            + ", f.revoked, f.version, f.current_id, f.current_issued, f.current_expires, t.id, t.used_at";

    static FamilyRow read(Row row, String tokenId) throws SQLException {
        RefreshTokenRecord current = new RefreshTokenRecord(row.getString(13), row.getInstant(14), row.getInstant(15));
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
        return new FamilyRow(family(row), row.getBoolean(11), row.getLong(12), current, state, usedAt);
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

    /** Returns the state of the token asked about, as its family has it. */
    TokenState stateInFamily() {
        return revoked ? TokenState.REVOKED : state;
    }

    /** Decides what becomes of a refresh. */
    Rotation.Result judge(Rotation rotation) {
        if (isOver(rotation)) {
            return new Rotation.Result.Revoked();
        }
        RefreshTokenRecord next = rotation.successor().endingBy(family.ends());
        return switch (state) {
            case LIVE -> new Rotation.Result.Rotated(next);
            case USED -> repeated(rotation);
            default -> adopted(rotation, next);
        };
    }

    /** Decides what becomes of a refresh whose family is not known. */
    static Rotation.Result judgeUnknown(Rotation rotation) {
        return adopted(rotation, rotation.successor().endingBy(rotation.family().ends()));
    }

    private boolean isOver(Rotation rotation) {
        boolean ended = !rotation.now().isBefore(family.ends());
        return revoked
                || ended
                || !family.securityStamp().equals(rotation.family().securityStamp());
    }

    private Rotation.Result repeated(Rotation rotation) {
        boolean inGrace = usedAt.filter(rotation::isWithinGrace).isPresent();
        return inGrace ? new Rotation.Result.Repeated(current) : new Rotation.Result.Reused();
    }

    private static Rotation.Result adopted(Rotation rotation, RefreshTokenRecord next) {
        return rotation.acceptUnknown() ? new Rotation.Result.Rotated(next) : new Rotation.Result.Unknown();
    }
}
