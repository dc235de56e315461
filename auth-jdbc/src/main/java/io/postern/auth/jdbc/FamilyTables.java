package io.postern.auth.jdbc;

import io.postern.auth.jdbc.sql.Database;
import io.postern.auth.jdbc.sql.Statements;
import io.postern.auth.jdbc.sql.Timestamps;
import io.postern.auth.jdbc.sql.Upsert;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Device;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads and changes families and their tokens.
 *
 * <p>The row of a family holds its current token; the other table holds used tokens and others that are still live. A
 * refresh costs at most three statements. Each change of a family changes its version.
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

    /** Reads a family and the state of a token in one statement, hence at one moment. */
    Optional<FamilyRow> find(Statements statements, String familyId, String tokenId) throws SQLException {
        return statements.first(select, row -> FamilyRow.read(row, tokenId), tokenId, familyId);
    }

    /** Locks a family until the transaction ends. */
    void lock(Statements statements, String familyId) throws SQLException {
        statements.first(lock, row -> row.getString(1), familyId);
    }

    int insert(Statements statements, TokenFamily family, TokenRecord current, boolean revoked) throws SQLException {
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
                // Differs from the version of a deleted family with this id.
                Timestamps.toMicros(family.created()),
                current.id(),
                current.issued(),
                current.expires());
    }

    /** Revokes a family; returns false if it has changed since it was read. */
    boolean revoke(Statements statements, FamilyRow seen) throws SQLException {
        return statements.update(revoke, seen.snapshot().family().id(), seen.version()) == 1;
    }

    /** Adds a family that was unknown before a refresh. */
    void accept(Statements statements, Rotation rotation, TokenRecord next) throws SQLException {
        insert(statements, rotation.rotatedFamily(null, next), next, false);
        addTokens(statements, rotation, next, Optional.empty());
    }

    /** Carries out a refresh; returns false if the family has changed since it was read. */
    boolean rotate(Statements statements, FamilyRow seen, Rotation rotation, TokenRecord next) throws SQLException {
        TokenFamily family = rotation.rotatedFamily(seen.snapshot().family(), next);
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
            addTokens(statements, rotation, next, Optional.of(seen.snapshot().current()));
        }
        return unchanged;
    }

    /** Adds the presented token and the formerly current one, unless one of them is the current one now. */
    private void addTokens(Statements statements, Rotation rotation, TokenRecord next, Optional<TokenRecord> former)
            throws SQLException {
        String familyId = rotation.family().id();
        TokenRecord presented = rotation.presented();
        List<Object[]> tokens = new ArrayList<>();
        if (!presented.id().equals(next.id())) {
            tokens.add(new Object[] {familyId, presented.id(), rotation.usedAt(), presented.expires()});
        }
        former.filter(token -> !token.id().equals(next.id()) && !token.id().equals(presented.id()))
                .ifPresent(token -> tokens.add(new Object[] {familyId, token.id(), Optional.empty(), token.expires()}));
        if (!tokens.isEmpty()) {
            statements.batch(upsertToken, tokens);
        }
    }
}
