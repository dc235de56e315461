package io.postern.auth.jdbc;

import io.postern.auth.jdbc.sql.Database;
import io.postern.auth.jdbc.sql.Dialect;
import io.postern.auth.jdbc.sql.Statements;
import io.postern.auth.jdbc.sql.Timestamps;
import io.postern.auth.jdbc.sql.Upsert;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Device;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and changes families and their tokens.
 *
 * <p>The row of a family holds its current token; the other table holds used tokens and others that are still live. A
 * refresh costs at most three statements, and in PostgreSQL two, of which the second one needs no transaction around it:
 * three trips to the server and back fewer. Each change of a family changes its version.
 */
final class FamilyTables {

    private final String select;
    private final String lock;
    private final String insert;
    private final String update;
    private final String revoke;
    private final String upsertToken;
    private final List<String> rotations;

    FamilyTables(Database database) {
        this.select = database.sql("SELECT " + FamilyRow.COLUMNS + ", " + ofOtherToken("t.id") + ", "
                + ofOtherToken("t.used_at") + " FROM ${prefix}refresh_family f WHERE f.id = ?");
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
        this.rotations = database.dialect() == Dialect.POSTGRESQL
                ? List.of(update, database.sql(rotation(1)), database.sql(rotation(2)))
                : List.of(update);
    }

    /** Returns a column of the presented token, which is looked up only if it is not the current one. */
    private static String ofOtherToken(String column) {
        return "CASE WHEN f.current_id = ? THEN NULL ELSE (SELECT " + column
                + " FROM ${prefix}refresh_token t WHERE t.family_id = f.id AND t.id = ?) END";
    }

    /** Returns PostgreSQL's statement that changes a family and, only if it has, adds so many tokens. */
    private String rotation(int tokens) {
        String token = "(CAST(? AS VARCHAR), CAST(? AS BIGINT), CAST(? AS BIGINT))";
        return "WITH changed AS (" + update + " RETURNING id)"
                + " INSERT INTO ${prefix}refresh_token (family_id, id, used_at, expires)"
                + " SELECT changed.id, added.* FROM changed, (VALUES "
                + String.join(", ", Collections.nCopies(tokens, token)) + ") AS added"
                + " ON CONFLICT (family_id, id) DO UPDATE SET used_at = excluded.used_at, expires = excluded.expires";
    }

    /** Reads a family and the state of a token in one statement, hence at one moment. */
    Optional<FamilyRow> find(Statements statements, String familyId, String tokenId) throws SQLException {
        return statements.first(
                select, row -> FamilyRow.read(row, tokenId), tokenId, tokenId, tokenId, tokenId, familyId);
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
        addTokens(statements, rotation.family().id(), added(rotation, next, null));
    }

    /** Returns whether {@link #rotate} is one statement, which is atomic by itself. */
    boolean rotatesAtOnce(FamilyRow seen, Rotation rotation, TokenRecord next) {
        return added(rotation, next, seen.snapshot().current()).size() < rotations.size();
    }

    /** Carries out a refresh; returns false if the family has changed since it was read. */
    boolean rotate(Statements statements, FamilyRow seen, Rotation rotation, TokenRecord next) throws SQLException {
        TokenFamily family = rotation.rotatedFamily(seen.snapshot().family(), next);
        Device device = family.device();
        List<@Nullable Object> values = new ArrayList<>(List.of(
                device.label(),
                device.address(),
                device.userAgent(),
                family.lastRefreshed(),
                family.expires(),
                next.id(),
                next.issued(),
                next.expires(),
                family.id(),
                seen.version()));
        List<Added> added = added(rotation, next, seen.snapshot().current());
        if (added.size() < rotations.size()) {
            added.forEach(token -> Collections.addAll(values, token.id(), token.usedAt(), token.expires()));
            return statements.update(rotations.get(added.size()), values.toArray()) > 0;
        }
        boolean unchanged = statements.update(update, values.toArray()) == 1;
        if (unchanged) {
            addTokens(statements, family.id(), added);
        }
        return unchanged;
    }

    private void addTokens(Statements statements, String familyId, List<Added> tokens) throws SQLException {
        if (!tokens.isEmpty()) {
            statements.batch(
                    upsertToken,
                    tokens.stream()
                            .map(token -> new Object[] {familyId, token.id(), token.usedAt(), token.expires()})
                            .toList());
        }
    }

    /** Returns the presented token and the formerly current one, unless one of them is the current one now. */
    private static List<Added> added(Rotation rotation, TokenRecord next, @Nullable TokenRecord former) {
        TokenRecord presented = rotation.presented();
        List<Added> tokens = new ArrayList<>();
        if (!presented.id().equals(next.id())) {
            tokens.add(new Added(presented.id(), rotation.usedAt(), presented.expires()));
        }
        if (former != null && !former.id().equals(next.id()) && !former.id().equals(presented.id())) {
            tokens.add(new Added(former.id(), Optional.empty(), former.expires()));
        }
        return tokens;
    }

    /** A token that gets a row of its own. */
    private record Added(String id, Optional<Instant> usedAt, Instant expires) {}
}
