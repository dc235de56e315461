package io.postern.auth.jdbc;

import io.postern.auth.jdbc.sql.Database;
import io.postern.auth.jdbc.sql.Statements;
import io.postern.auth.jdbc.sql.Timestamps;
import io.postern.auth.jdbc.sql.Upsert;
import io.postern.auth.refresh.RefreshTokenRecord;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.RotationMode;
import io.postern.auth.refresh.TokenFamily;
import io.postern.auth.user.Device;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads and changes families and their tokens.
 *
 * <p>The row of a family holds its current token, the other table those that were used and others that still live. So a
 * refresh costs three statements however it ends. Whoever changes a family changes its version.
 */
final class FamilyTables {

    private final String select;
    private final String lock;
    private final String insert;
    private final String update;
    private final String revoke;
    private final String upsertToken;

    FamilyTables(Database database) {
        this.select = database.sql("SELECT " + FamilyRow.COLUMNS + " FROM ${prefix}refresh_family f"
                + " LEFT JOIN ${prefix}refresh_token t ON t.family_id = f.id AND t.id = ? WHERE f.id = ?");
        this.lock = database.sql("SELECT id FROM ${prefix}refresh_family WHERE id = ? FOR UPDATE");
        this.insert =
                database.sql("INSERT INTO ${prefix}refresh_family (id, user_id, stamp, label, address, user_agent,"
                        + " created, last_refreshed, expires, ends, revoked, version, current_id, current_issued,"
                        + " current_expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        this.update = database.sql("UPDATE ${prefix}refresh_family SET label = ?, address = ?, user_agent = ?,"
                + " last_refreshed = ?, expires = ?, current_id = ?, current_issued = ?, current_expires = ?,"
                + " version = version + 1 WHERE id = ? AND version = ?");
        this.revoke = database.sql("UPDATE ${prefix}refresh_family SET revoked = TRUE, version = version + 1"
                + " WHERE id = ? AND version = ?");
        this.upsertToken = Upsert.into("${prefix}refresh_token")
                .key("family_id VARCHAR", "id VARCHAR")
                .set("used_at BIGINT", "expires BIGINT")
                .sql(database);
    }

    /** Reads a family and what is known of a token in one statement, so at one moment. */
    Optional<FamilyRow> find(Statements statements, String familyId, String tokenId) throws SQLException {
        return statements.first(select, row -> FamilyRow.read(row, tokenId), tokenId, familyId);
    }

    /** Keeps others from changing a family until the transaction ends. */
    void lock(Statements statements, String familyId) throws SQLException {
        statements.first(lock, row -> row.getString(1), familyId);
    }

    int insert(Statements statements, TokenFamily family, RefreshTokenRecord current, boolean revoked)
            throws SQLException {
        Device device = family.device();
        return statements.update(
                insert,
                family.id(),
                family.userId(),
                family.securityStamp(),
                device.label(),
                device.address(),
                device.userAgent(),
                family.created(),
                family.lastRefreshed(),
                family.expires(),
                family.ends(),
                revoked,
                // Not that of a family of this id that was there before.
                Timestamps.toMicros(family.created()),
                current.id(),
                current.issued(),
                current.expires());
    }

    /** Revokes a family; false if somebody has changed it since it was seen. */
    boolean revoke(Statements statements, FamilyRow seen) throws SQLException {
        return statements.update(revoke, seen.family().id(), seen.version()) == 1;
    }

    /** Adds a family that a refresh begins. */
    void adopt(Statements statements, Rotation rotation, RefreshTokenRecord next) throws SQLException {
        TokenFamily family = rotation.family().refreshed(rotation.family().device(), rotation.now(), next.expires());
        insert(statements, family, next, false);
        keep(statements, rotation, next, Optional.empty());
    }

    /** Carries out a refresh; false if somebody has changed the family since it was seen. */
    boolean rotate(Statements statements, FamilyRow seen, Rotation rotation, RefreshTokenRecord next)
            throws SQLException {
        TokenFamily family = seen.family().refreshed(rotation.family().device(), rotation.now(), next.expires());
        Device device = family.device();
        boolean unchanged = statements.update(
                        update,
                        device.label(),
                        device.address(),
                        device.userAgent(),
                        family.lastRefreshed(),
                        family.expires(),
                        next.id(),
                        next.issued(),
                        next.expires(),
                        family.id(),
                        seen.version())
                == 1;
        if (unchanged) {
            keep(statements, rotation, next, Optional.of(seen.current()));
        }
        return unchanged;
    }

    /** Remembers the token shown and the one that was current, unless one of them is the current one now. */
    private void keep(
            Statements statements, Rotation rotation, RefreshTokenRecord next, Optional<RefreshTokenRecord> former)
            throws SQLException {
        String familyId = rotation.family().id();
        RefreshTokenRecord shown = rotation.presented();
        boolean replaced = rotation.mode() == RotationMode.ROTATE;
        List<Object[]> tokens = new ArrayList<>();
        if (!shown.id().equals(next.id())) {
            Optional<Instant> usedAt = replaced ? Optional.of(rotation.now()) : Optional.empty();
            tokens.add(new Object[] {familyId, shown.id(), usedAt, shown.expires()});
        }
        former.filter(slot -> !slot.id().equals(next.id()) && !slot.id().equals(shown.id()))
                .ifPresent(slot -> tokens.add(new Object[] {familyId, slot.id(), Optional.empty(), slot.expires()}));
        if (!tokens.isEmpty()) {
            statements.batch(upsertToken, tokens);
        }
    }
}
