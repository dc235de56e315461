package io.postern.auth.jdbc;

import io.postern.auth.jdbc.sql.Database;
import io.postern.auth.jdbc.sql.DuplicateKeyException;
import io.postern.auth.jdbc.sql.ExpiredRows;
import io.postern.auth.jdbc.sql.Keys;
import io.postern.auth.jdbc.sql.Statements;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Paging;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Stores token families in a database.
 *
 * <p>Ids longer than a column are unknown and not accepted. Safe for use by several threads.
 */
final class JdbcRefreshTokenStore implements TokenFamilyStore {

    private static final String REFRESH = "refresh a token";
    private static final String REVOKE = "revoke a family";
    private static final int BATCH = 500;
    private static final int BATCHES = 200;

    private final Database database;
    private final FamilyTables tables;
    private final ExpiredRows expired;
    private final String list;
    private final String revokeOwned;
    private final String lockLive;
    private final String revokeSome;
    private final String findOldTokens;
    private final String deleteToken;

    JdbcRefreshTokenStore(Database database) {
        this.database = database;
        this.tables = new FamilyTables(database);
        this.expired = new ExpiredRows(database.forMaintenance(), "${prefix}refresh_family", "id");
        this.list = database.sql("SELECT " + FamilyRow.FAMILY_COLUMNS + " FROM ${prefix}refresh_family f"
                + " WHERE f.user_id = ? AND f.created >= ? AND (f.created > ? OR f.id > ?)"
                + " AND f.revoked = FALSE AND f.expires > ? ORDER BY f.created, f.id LIMIT ?");
        this.revokeOwned = database.sql("UPDATE ${prefix}refresh_family SET revoked = TRUE, version = version + 1"
                + " WHERE id = ? AND user_id = ? AND revoked = FALSE");
        this.lockLive = database.sql("SELECT id FROM ${prefix}refresh_family"
                + " WHERE user_id = ? AND revoked = FALSE ORDER BY created, id FOR UPDATE");
        this.revokeSome =
                database.sql("UPDATE ${prefix}refresh_family SET revoked = TRUE, version = version + 1 WHERE id IN (");
        this.findOldTokens = database.sql(
                "SELECT family_id, id FROM ${prefix}refresh_token WHERE expires < ? ORDER BY expires LIMIT ?");
        this.deleteToken = database.sql("DELETE FROM ${prefix}refresh_token WHERE family_id = ? AND id = ?");
    }

    @Override
    public void start(TokenFamily family, TokenRecord first) {
        if (!Keys.fits(family.id()) || !Keys.fits(first.id())) {
            throw new IllegalArgumentException(
                    "the id of a family or token is longer than " + Keys.MAX_LENGTH + " characters");
        }
        try {
            database.call("start a family", statements -> tables.insert(statements, family, first, false));
        } catch (DuplicateKeyException e) {
            throw new IllegalStateException("a family with this id exists already", e);
        }
    }

    @Override
    public Rotation.Result rotate(Rotation rotation) {
        boolean storable = Keys.fits(rotation.family().id())
                && Keys.fits(rotation.presented().id())
                && Keys.fits(rotation.successor().id());
        return storable
                ? database.retry(REFRESH, locked -> locked ? rotateLocked(rotation) : rotateUnlocked(rotation))
                : new Rotation.Result.Unknown();
    }

    @Override
    public TokenState stateOf(String familyId, String tokenId) {
        return find("find a family", familyId, tokenId)
                .map(row -> row.revoked() ? TokenState.REVOKED : row.snapshot().state())
                .orElse(TokenState.UNKNOWN);
    }

    @Override
    public boolean revoke(TokenFamily family, TokenRecord token) {
        boolean storable = Keys.fits(family.id()) && Keys.fits(token.id());
        return storable
                && database.retry(
                        REVOKE, locked -> locked ? revokeLocked(family, token) : revokeUnlocked(family, token));
    }

    @Override
    public List<TokenFamily> list(String userId, Instant now, Paging paging) {
        return database.call(
                "list families",
                statements -> statements.page(
                        list,
                        FamilyRow::family,
                        paging.limit(),
                        userId,
                        paging.created(),
                        paging.created(),
                        paging.id(),
                        now));
    }

    @Override
    public boolean revokeFamily(String userId, String familyId) {
        return database.call(REVOKE, statements -> statements.update(revokeOwned, familyId, userId) == 1);
    }

    @Override
    public List<String> revokeAll(String userId, Optional<String> except) {
        return database.transaction("revoke families", statements -> {
            List<String> live = statements.list(lockLive, row -> row.getString(1), userId).stream()
                    .filter(id -> except.filter(id::equals).isEmpty())
                    .toList();
            for (int i = 0; i < live.size(); i += BATCH) {
                List<String> some = live.subList(i, Math.min(live.size(), i + BATCH));
                String parameters = String.join(", ", Collections.nCopies(some.size(), "?"));
                statements.update(revokeSome + parameters + ")", some.toArray());
            }
            return live;
        });
    }

    @Override
    public int deleteExpired(Instant before, int limit) {
        int deleted = expired.deleteBefore(before, limit);
        // Families live long; their used tokens are not needed after they have expired. A caller that will call again
        // need not wait.
        int batches = deleted < limit ? BATCHES : 1;
        int size = Math.min(BATCH, limit);
        while (batches > 0 && deleteTokens(before, size)) {
            batches--;
        }
        return deleted;
    }

    private Optional<FamilyRow> find(String what, String familyId, String tokenId) {
        return database.call(what, statements -> tables.find(statements, familyId, tokenId));
    }

    private Optional<Rotation.Result> rotateUnlocked(Rotation rotation) {
        Optional<FamilyRow> seen =
                find(REFRESH, rotation.family().id(), rotation.presented().id());
        Rotation.Result result = decide(seen, rotation);
        boolean changes = result instanceof Rotation.Result.Rotated || revokes(seen, result);
        if (!changes) {
            return Optional.of(result);
        }
        Database.Work<Optional<Rotation.Result>> work = statements -> carryOut(statements, seen, rotation, result);
        return isOneStatement(seen, rotation, result)
                ? database.call(REFRESH, work)
                : database.transaction(REFRESH, work);
    }

    private boolean isOneStatement(Optional<FamilyRow> seen, Rotation rotation, Rotation.Result result) {
        if (seen.isEmpty()) {
            return false;
        }
        return !(result instanceof Rotation.Result.Rotated rotated)
                || tables.rotatesAtOnce(seen.get(), rotation, rotated.current());
    }

    private Optional<Rotation.Result> rotateLocked(Rotation rotation) {
        return database.transaction(REFRESH, statements -> {
            tables.lock(statements, rotation.family().id());
            Optional<FamilyRow> seen = tables.find(
                    statements, rotation.family().id(), rotation.presented().id());
            return carryOut(statements, seen, rotation, decide(seen, rotation));
        });
    }

    private Optional<Rotation.Result> carryOut(
            Statements statements, Optional<FamilyRow> seen, Rotation rotation, Rotation.Result result)
            throws SQLException {
        boolean done = true;
        if (result instanceof Rotation.Result.Rotated rotated) {
            if (seen.isPresent()) {
                done = tables.rotate(statements, seen.get(), rotation, rotated.current());
            } else {
                tables.accept(statements, rotation, rotated.current());
            }
        } else if (seen.isPresent() && revokes(seen, result)) {
            done = tables.revoke(statements, seen.get());
        }
        return done ? Optional.of(result) : Optional.empty();
    }

    private Optional<Boolean> revokeUnlocked(TokenFamily family, TokenRecord token) {
        Optional<FamilyRow> seen = find(REVOKE, family.id(), token.id());
        return isRevoked(seen)
                ? Optional.of(false)
                : database.call(REVOKE, statements -> revoke(statements, seen, family, token));
    }

    /** Locks, because a client that refreshes without end would win each time. */
    private Optional<Boolean> revokeLocked(TokenFamily family, TokenRecord token) {
        return database.transaction(REVOKE, statements -> {
            tables.lock(statements, family.id());
            Optional<FamilyRow> seen = tables.find(statements, family.id(), token.id());
            return isRevoked(seen) ? Optional.of(false) : revoke(statements, seen, family, token);
        });
    }

    private Optional<Boolean> revoke(
            Statements statements, Optional<FamilyRow> seen, TokenFamily family, TokenRecord token)
            throws SQLException {
        if (seen.isEmpty()) {
            return Optional.of(tables.insert(statements, family, token, true) == 1);
        }
        FamilyRow row = seen.get();
        return tables.revoke(statements, row)
                ? Optional.of(row.snapshot().state() != TokenState.USED)
                : Optional.empty();
    }

    private static boolean isRevoked(Optional<FamilyRow> seen) {
        return seen.filter(FamilyRow::revoked).isPresent();
    }

    /** Returns whether there may be more; a concurrent deletion takes care of the rest. */
    private boolean deleteTokens(Instant before, int size) {
        record Key(String family, String token) {}
        Database maintenance = database.forMaintenance();
        List<Object[]> old = maintenance
                .call(
                        "find old tokens",
                        statements -> statements.list(
                                findOldTokens, row -> new Key(row.getString(1), row.getString(2)), before, size))
                .stream()
                .sorted((one, other) -> one.family().compareTo(other.family()))
                .map(key -> new Object[] {key.family(), key.token()})
                .toList();
        return !old.isEmpty()
                && maintenance.transaction("delete old tokens", statements -> statements.batch(deleteToken, old))
                && old.size() == size;
    }

    private static Rotation.Result decide(Optional<FamilyRow> seen, Rotation rotation) {
        return rotation.decide(seen.map(FamilyRow::snapshot).orElse(null));
    }

    /** Returns whether a refresh revokes a live family. */
    private static boolean revokes(Optional<FamilyRow> seen, Rotation.Result result) {
        return result.revokesFamily() && seen.filter(row -> !row.revoked()).isPresent();
    }
}
