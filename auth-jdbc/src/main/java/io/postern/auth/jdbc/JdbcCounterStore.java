package io.postern.auth.jdbc;

import io.postern.auth.Throttle.Admission;
import io.postern.auth.jdbc.sql.Database;
import io.postern.auth.jdbc.sql.ExpiredRows;
import io.postern.auth.jdbc.sql.Keys;
import io.postern.auth.jdbc.sql.Statements;
import io.postern.auth.jdbc.sql.Timestamps;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.throttle.Rate;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts requests in a database, exactly across all servers.
 *
 * <p>Each caller has a row with eight bytes for each counted request, which is read and written as a whole: for rates of up
 * to some thousands. A refused request only reads, unless the clock was set back. Requests delete expired rows a few at a time, once a minute or, while
 * there are many, once a second; {@link #deleteExpired} deletes all of them. Safe for use by several threads.
 */
public final class JdbcCounterStore implements CounterStore {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcCounterStore.class);

    private static final int LARGEST_LIMIT = 100_000;
    private static final int SWEEP = 500;
    private static final long SWEEP_PERIOD = TimeUnit.MINUTES.toMicros(1);
    private static final long BUSY_SWEEP_PERIOD = TimeUnit.SECONDS.toMicros(1);
    private static final String COUNT = "count a request";

    private record StoredLog(RequestLog log, long version, Instant expires) {}

    private final Database database;
    private final ExpiredRows swept;
    private final ExpiredRows expired;
    private final String find;
    private final String lock;
    private final String insert;
    private final String update;
    private final AtomicLong nextSweep = new AtomicLong(Long.MIN_VALUE);

    JdbcCounterStore(Database database) {
        this.database = database;
        this.swept = new ExpiredRows(database, "${prefix}counter", "id");
        this.expired = new ExpiredRows(database.forMaintenance(), "${prefix}counter", "id");
        this.find = database.sql("SELECT log, version, expires FROM ${prefix}counter WHERE id = ?");
        this.lock = find + " FOR UPDATE";
        this.insert = database.sql("INSERT INTO ${prefix}counter (id, log, version, expires) VALUES (?, ?, 0, ?)");
        this.update = database.sql("UPDATE ${prefix}counter SET log = ?, version = version + 1, expires = ?"
                + " WHERE id = ? AND version = ? AND expires = ?");
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the limit of the rate is more than 100,000
     */
    @Override
    public Admission tryAcquire(String key, Rate rate, Instant now) {
        if (rate.limit() > LARGEST_LIMIT) {
            throw new IllegalArgumentException(
                    "the limit of a rate is " + rate.limit() + ", and the database would store"
                            + " each request: choose at most " + LARGEST_LIMIT + ", or count in memory");
        }
        String id = Keys.shorten(key);
        Admission answer = database.retry(
                COUNT,
                locked -> locked
                        ? database.transaction(COUNT, statements -> tryOnce(statements, lock, id, rate, now))
                        : database.call(COUNT, statements -> tryOnce(statements, find, id, rate, now)));
        sweep(now);
        return answer;
    }

    /**
     * Deletes up to {@code limit} expired rows; call it until it returns less than the limit.
     *
     * @return the number deleted
     * @throws io.postern.auth.StoreException if the database fails
     */
    public int deleteExpired(Instant now, int limit) {
        return expired.deleteBefore(now, limit);
    }

    private Optional<Admission> tryOnce(Statements statements, String select, String id, Rate rate, Instant now)
            throws SQLException {
        Optional<StoredLog> seen = statements.first(
                select, row -> new StoredLog(RequestLog.of(row.getBytes(1)), row.getLong(2), row.getInstant(3)), id);
        RequestLog stored = seen.map(StoredLog::log).orElseGet(RequestLog::empty);
        RequestLog moved = stored.movedBack(rate, now);
        RequestLog log = moved.during(rate, now);
        Optional<Admission> refusal = log.refusal(rate, now);
        if (refusal.isPresent()) {
            return moved == stored || write(statements, id, seen, log, rate) ? refusal : Optional.empty();
        }
        boolean written = write(statements, id, seen, log.with(now), rate);
        return written ? Optional.of(new Admission.Admitted()) : Optional.empty();
    }

    /** Returns false if another caller has changed the row since it was read. */
    private boolean write(Statements statements, String id, Optional<StoredLog> seen, RequestLog log, Rate rate)
            throws SQLException {
        // Whole minutes, so that the index rarely changes.
        Instant end = log.expires(rate).truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        if (seen.isEmpty()) {
            return statements.update(insert, id, log.stored(), end) == 1;
        }
        StoredLog before = seen.get();
        Instant latest = end.isAfter(before.expires()) ? end : before.expires();
        return statements.update(update, log.stored(), latest, id, before.version(), before.expires()) == 1;
    }

    /** Runs in one request at a time; a failure does not affect the request. */
    private void sweep(Instant now) {
        long present = Timestamps.toMicros(now);
        long due = nextSweep.get();
        long next = present + SWEEP_PERIOD;
        // A time further ahead comes from a clock that was set back since.
        boolean early = present < due && due <= next;
        if (early || !nextSweep.compareAndSet(due, next)) {
            return;
        }
        try {
            if (swept.deleteBefore(now, SWEEP) == SWEEP) {
                nextSweep.set(present + BUSY_SWEEP_PERIOD);
            }
        } catch (RuntimeException e) {
            LOG.warn("could not delete expired counters; the next try is in a minute", e);
        }
    }
}
