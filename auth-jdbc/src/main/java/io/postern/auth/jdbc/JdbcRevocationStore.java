package io.postern.auth.jdbc;

import io.postern.auth.StoreException;
import io.postern.auth.jdbc.sql.Database;
import io.postern.auth.jdbc.sql.Dialect;
import io.postern.auth.jdbc.sql.ExpiredRows;
import io.postern.auth.jdbc.sql.Keys;
import io.postern.auth.jdbc.sql.Row;
import io.postern.auth.jdbc.sql.Statements;
import io.postern.auth.jdbc.sql.Timestamps;
import io.postern.auth.jdbc.sql.Upsert;
import io.postern.auth.revocation.Revocation;
import io.postern.auth.revocation.RevocationStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores revocations in a database.
 *
 * <p>Entries take their positions in the feed (the column {@code feed_position}) from one row, which is locked until they are
 * visible. Positions grow, and are not smaller than the microseconds of the latest revocation: when a failover or a restored
 * backup has set the row back, the next entries still come after every cursor returned before, as far as clocks agree. Safe
 * for use by several threads.
 */
final class JdbcRevocationStore implements RevocationStore {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcRevocationStore.class);

    private static final String ADD = "add revocations";
    // A clock that is far ahead must not exhaust the numbers.
    private static final Instant LATEST_POSITION = Instant.parse("9999-12-31T00:00:00Z");

    /** An entry of the feed; empty if its row is damaged, and then its position alone counts. */
    private record Entry(Optional<Revocation> revocation, long position) {}

    private final Database database;
    private final ExpiredRows expired;
    private final String take;
    private final String taken;
    private final String upsert;
    private final String findThree;
    private final String follow;

    JdbcRevocationStore(Database database) {
        this.database = database;
        this.expired = new ExpiredRows(database.forMaintenance(), "${prefix}revocation", "id");
        this.take = database.sql(
                "UPDATE ${prefix}revocation_feed SET feed_position = GREATEST(feed_position + ?, ?) WHERE id = 1");
        this.taken = database.sql("SELECT feed_position FROM ${prefix}revocation_feed WHERE id = 1");
        this.upsert = Upsert.into("${prefix}revocation")
                .key("id VARCHAR")
                .set("long_id VARCHAR", "feed_position BIGINT")
                .setGreatest("revoked_at BIGINT", "expires BIGINT")
                .sql(database);
        this.findThree = database.sql("SELECT id, revoked_at, expires FROM ${prefix}revocation WHERE id IN (?, ?, ?)");
        this.follow = database.sql("SELECT id, long_id, revoked_at, expires, feed_position FROM ${prefix}revocation"
                + " WHERE feed_position > ? ORDER BY feed_position LIMIT ?");
    }

    @Override
    public void add(List<Revocation> revocations) {
        Collection<Revocation> merged = merged(revocations);
        if (!merged.isEmpty()) {
            database.transaction(ADD, statements -> add(statements, merged));
        }
    }

    @Override
    public boolean isRevoked(Revocation.Subject token) {
        Map<String, Revocation.Kind> kinds = new HashMap<>();
        for (Revocation.Kind kind : Revocation.Kind.values()) {
            kinds.put(id(kind, key(kind, token)), kind);
        }
        return database.call(
                        "find revocations of a token",
                        statements -> statements.list(
                                findThree,
                                row -> Optional.ofNullable(kinds.get(row.getString(1)))
                                        .filter(matches(row.getInstant(2), token))
                                        .isPresent(),
                                kinds.keySet().toArray()))
                .contains(true);
    }

    @Override
    public Page since(long cursor, int limit) {
        List<Entry> found = settled(cursor, limit + 1L);
        boolean more = found.size() > limit;
        List<Entry> page = more ? found.subList(0, limit) : found;
        long end = page.isEmpty() ? cursor : page.get(page.size() - 1).position();
        return new Page(
                page.stream().flatMap(entry -> entry.revocation().stream()).toList(), end, more);
    }

    @Override
    public int deleteExpired(Instant before, int limit) {
        return expired.deleteBefore(before, limit);
    }

    /**
     * MariaDB checks transactions for their end one after the other, so a statement may see the entries of a later one and
     * not those of an earlier one. A second statement sees everything that ended before what the first one saw.
     */
    private List<Entry> settled(long cursor, long limit) {
        List<Entry> first = read(cursor, limit);
        if (first.isEmpty() || database.dialect() != Dialect.MARIADB) {
            return first;
        }
        long end = first.get(first.size() - 1).position();
        return read(cursor, limit).stream()
                .filter(entry -> entry.position() <= end)
                .toList();
    }

    private List<Entry> read(long cursor, long limit) {
        return database.call(
                "read the feed", statements -> statements.list(follow, JdbcRevocationStore::entry, cursor, limit));
    }

    private boolean add(Statements statements, Collection<Revocation> revocations) throws SQLException {
        long size = revocations.size();
        if (statements.update(take, size, micros(revocations) + size) != 1) {
            throw new StoreException("the row of revocation_feed is missing: restore it, or install the schema again");
        }
        long last = statements.first(taken, row -> row.getLong(1)).orElseThrow();
        long[] position = {last - size};
        List<Object[]> rows = revocations.stream()
                .map(revocation -> new Object[] {
                    id(revocation.kind(), revocation.key()),
                    longId(revocation.key()),
                    ++position[0],
                    revocation.revokedAt(),
                    revocation.expires()
                })
                // The order in which deleteExpired locks them.
                .sorted((one, other) -> ((String) one[0]).compareTo((String) other[0]))
                .toList();
        statements.batch(upsert, rows);
        return true;
    }

    private static long micros(Collection<Revocation> revocations) {
        return revocations.stream()
                .map(Revocation::revokedAt)
                .filter(time -> time.isBefore(LATEST_POSITION))
                .mapToLong(Timestamps::toMicros)
                .max()
                .orElse(0);
    }

    private static Predicate<Revocation.Kind> matches(Instant revokedAt, Revocation.Subject token) {
        return kind -> {
            String key = key(kind, token);
            return !key.isEmpty() && new Revocation(kind, key, revokedAt, revokedAt).matches(token);
        };
    }

    private static String key(Revocation.Kind kind, Revocation.Subject token) {
        return switch (kind) {
            case FAMILY -> token.familyId();
            case TOKEN -> token.tokenId();
            case USER -> token.userId();
        };
    }

    /** A damaged row must not hide those that follow. */
    private static Entry entry(Row row) throws SQLException {
        long position = row.getLong(5);
        try {
            return new Entry(Optional.of(revocation(row)), position);
        } catch (RuntimeException e) {
            LOG.warn("the revocation at position {} is damaged and left out", position, e);
            return new Entry(Optional.empty(), position);
        }
    }

    private static Revocation revocation(Row row) throws SQLException {
        String id = row.getString(1);
        Optional<String> longId = row.getOptionalString(2);
        return new Revocation(kind(id), longId.orElseGet(() -> id.substring(2)), row.getInstant(3), row.getInstant(4));
    }

    /** Returns the id of a kind and key; stored keys are not empty, so that of an empty one matches nothing. */
    private static String id(Revocation.Kind kind, String key) {
        return kind.name().charAt(0) + ":" + Keys.shorten(key);
    }

    private static Revocation.Kind kind(String id) {
        return switch (id.charAt(0)) {
            case 'F' -> Revocation.Kind.FAMILY;
            case 'T' -> Revocation.Kind.TOKEN;
            case 'U' -> Revocation.Kind.USER;
            default -> throw new IllegalArgumentException("unknown kind of revocation");
        };
    }

    private static Optional<String> longId(String key) {
        return Keys.shorten(key).equals(key) ? Optional.empty() : Optional.of(key);
    }

    /** Merges equal ids, since one statement cannot change a row twice. */
    private static Collection<Revocation> merged(List<Revocation> revocations) {
        Map<String, Revocation> byId = new LinkedHashMap<>();
        for (Revocation revocation : revocations) {
            byId.merge(id(revocation.kind(), revocation.key()), revocation, Revocation::mergedWith);
        }
        return byId.values();
    }
}
