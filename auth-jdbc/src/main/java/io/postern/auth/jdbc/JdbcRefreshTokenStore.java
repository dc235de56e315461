package io.postern.auth.jdbc;

import io.postern.auth.jdbc.sql.Database;
import io.postern.auth.jdbc.sql.DuplicateKeyException;
import io.postern.auth.jdbc.sql.ExpiredRows;
import io.postern.auth.jdbc.sql.Keys;
import io.postern.auth.jdbc.sql.Statements;
import io.postern.auth.refresh.RefreshTokenRecord;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamily;
import io.postern.auth.refresh.TokenState;
import io.postern.auth.user.Paging;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Keeps token families in a database.
 *
 * <p>Ids longer than a column are not known and not adopted. Safe for use by several threads.
 */
final class JdbcRefreshTokenStore implements RefreshTokenStore {

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
    public void start(TokenFamily family, RefreshTokenRecord first) {
        if (!Keys.fits(family.id()) || !Keys.fits(first.id())) {
            throw new IllegalArgumentException(
                    "the id of a family or token is longer than " + Keys.MAX_LENGTH + " characters");
        }
        try {
            database.call("begin a family", statements -> tables.insert(statements, family, first, false));
        } catch (DuplicateKeyException e) {
            throw new IllegalStateException("a family of this id is there already", e);
        }
    }

    @Override
    public Rotation.Result rotate(Rotation rotation) {
        boolean keepable = Keys.fits(rotation.family().id())
                && Keys.fits(rotation.presented().id())
                && Keys.fits(rotation.successor().id());
        return keepable
                ? database.retry(REFRESH, locked -> locked ? rotateLocked(rotation) : rotateUnlocked(rotation))
                : new Rotation.Result.Unknown();
    }

    @Override
    public TokenState stateOf(String familyId, String tokenId) {
        return find("find a family", familyId, tokenId)
                .map(FamilyRow::stateInFamily)
                .orElse(TokenState.UNKNOWN);
    }

    @Override
    public boolean revoke(TokenFamily family, RefreshTokenRecord token) {
        boolean keepable = Keys.fits(family.id()) && Keys.fits(token.id());
        return keepable
                && database.retry(
                        REVOKE, locked -> locked ? revokeLocked(family, token) : revokeUnlocked(family, token));
    }

    @Override
    public List<TokenFamily> list(String userId, Instant now, Paging paging) {
        return database.call(
                "list families",
                statements -> statements.list(
                        list,
                        FamilyRow::family,
                        userId,
                        paging.created(),
                        paging.created(),
                        paging.id(),
                        now,
                        paging.limit()));
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
                String places = String.join(", ", Collections.nCopies(some.size(), "?"));
                statements.update(revokeSome + places + ")", some.toArray());
            }
            return live;
        });
    }

    @Override
    public int deleteExpired(Instant before, int limit) {
        int forgotten = expired.deleteBefore(before, limit);
        // Families live long; what was used in them is of no use after its own end. A caller who comes again need not
        // wait.
        int batches = forgotten < limit ? BATCHES : 1;
        int size = Math.min(BATCH, limit);
        while (batches > 0 && forgetTokens(before, size)) {
            batches--;
        }
        return forgotten;
    }

    private Optional<FamilyRow> find(String what, String familyId, String tokenId) {
        return database.call(what, statements -> tables.find(statements, familyId, tokenId));
    }

    private Optional<Rotation.Result> rotateUnlocked(Rotation rotation) {
        Optional<FamilyRow> seen =
                find(REFRESH, rotation.family().id(), rotation.presented().id());
        Rotation.Result result = judge(seen, rotation);
        boolean changes = result instanceof Rotation.Result.Rotated || ends(seen, result);
        return changes
                ? database.transaction(REFRESH, statements -> carryOut(statements, seen, rotation, result))
                : Optional.of(result);
    }

    private Optional<Rotation.Result> rotateLocked(Rotation rotation) {
        return database.transaction(REFRESH, statements -> {
            tables.lock(statements, rotation.family().id());
            Optional<FamilyRow> seen = tables.find(
                    statements, rotation.family().id(), rotation.presented().id());
            return carryOut(statements, seen, rotation, judge(seen, rotation));
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
                tables.adopt(statements, rotation, rotated.current());
            }
        } else if (seen.isPresent() && ends(seen, result)) {
            done = tables.revoke(statements, seen.get());
        }
        return done ? Optional.of(result) : Optional.empty();
    }

    private Optional<Boolean> revokeUnlocked(TokenFamily family, RefreshTokenRecord token) {
        Optional<FamilyRow> seen = find(REVOKE, family.id(), token.id());
        return isRevoked(seen)
                ? Optional.of(false)
                : database.call(REVOKE, statements -> end(statements, seen, family, token));
    }

    /** Refreshes without end would come between each time. */
    private Optional<Boolean> revokeLocked(TokenFamily family, RefreshTokenRecord token) {
        return database.transaction(REVOKE, statements -> {
            tables.lock(statements, family.id());
            Optional<FamilyRow> seen = tables.find(statements, family.id(), token.id());
            return isRevoked(seen) ? Optional.of(false) : end(statements, seen, family, token);
        });
    }

    private Optional<Boolean> end(
            Statements statements, Optional<FamilyRow> seen, TokenFamily family, RefreshTokenRecord token)
            throws SQLException {
        if (seen.isEmpty()) {
            return Optional.of(tables.insert(statements, family, token, true) == 1);
        }
        FamilyRow row = seen.get();
        return tables.revoke(statements, row) ? Optional.of(row.state() != TokenState.USED) : Optional.empty();
    }

    private static boolean isRevoked(Optional<FamilyRow> seen) {
        return seen.filter(FamilyRow::revoked).isPresent();
    }

    /** Returns whether there may be more; if others forget them at the same time, the rest is theirs. */
    private boolean forgetTokens(Instant before, int size) {
        record Key(String family, String token) {}
        Database patient = database.forMaintenance();
        List<Object[]> old = patient
                .call(
                        "find old tokens",
                        statements -> statements.list(
                                findOldTokens, row -> new Key(row.getString(1), row.getString(2)), before, size))
                .stream()
                .sorted((one, other) -> one.family().compareTo(other.family()))
                .map(key -> new Object[] {key.family(), key.token()})
                .toList();
        return !old.isEmpty()
                && patient.transaction("forget old tokens", statements -> statements.batch(deleteToken, old))
                && old.size() == size;
    }

    private static Rotation.Result judge(Optional<FamilyRow> seen, Rotation rotation) {
        return seen.map(row -> row.judge(rotation)).orElseGet(() -> FamilyRow.judgeUnknown(rotation));
    }

    /** Tells whether a refresh ends a family that lives. */
    private static boolean ends(Optional<FamilyRow> seen, Rotation.Result result) {
        boolean over = result instanceof Rotation.Result.Reused || result instanceof Rotation.Result.Revoked;
        return over && seen.filter(row -> !row.revoked()).isPresent();
    }
}
