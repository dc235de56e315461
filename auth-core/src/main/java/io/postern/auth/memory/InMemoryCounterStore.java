package io.postern.auth.memory;

import io.postern.auth.Throttle.Admission;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.throttle.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts in the memory of this process, for this process alone; counts are lost when it ends.
 *
 * <p>Holds eight bytes for each request on record, for a bounded number of callers. Expired records are dropped once a
 * minute and whenever the store is full. If that makes no room, the hundredth part of the callers whose records expire
 * soonest is dropped too. Safe for use by several threads.
 *
 * <p><b>Security.</b> A client with more addresses than the bound makes the store drop the records of others; choose the
 * bound by the addresses an attacker may have. Rejecting requests instead would lock out all users.
 */
public final class InMemoryCounterStore implements CounterStore {

    private static final int DEFAULT_MAX_KEYS = 100_000;
    private static final long SWEEP_INTERVAL = Duration.ofMinutes(1).toNanos();
    private static final long MAX_CLOCK_SKEW = Duration.ofMinutes(1).toNanos();

    private final int maxKeys;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, SlidingLog> logs = new HashMap<>();
    private long nextSweep = Long.MIN_VALUE;

    /** Creates a store of at most 100,000 callers. */
    public InMemoryCounterStore() {
        this(DEFAULT_MAX_KEYS);
    }

    /**
     * Creates a store.
     *
     * @param maxKeys the maximum number of callers on record
     * @throws IllegalArgumentException if it is less than 1
     */
    public InMemoryCounterStore(int maxKeys) {
        if (maxKeys < 1) {
            throw new IllegalArgumentException("maxKeys is " + maxKeys + "; choose at least 1");
        }
        this.maxKeys = maxKeys;
    }

    @Override
    public Admission tryAcquire(String key, Rate rate, Instant now) {
        long time = nanos(now);
        long period = rate.period().toNanos();
        lock.lock();
        try {
            SlidingLog log = logs.getOrDefault(key, new SlidingLog());
            log.dropUntil(time - period);
            log.dropAfter(time + MAX_CLOCK_SKEW, period);
            if (log.size() >= rate.limit()) {
                return refusal(key, log, rate, now);
            }
            makeRoom(key, time);
            log.add(time, period);
            logs.put(key, log);
            return new Admission.Admitted();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        return logs.size();
    }

    private Admission refusal(String key, SlidingLog log, Rate rate, Instant now) {
        if (log.size() == 0) {
            logs.remove(key);
            return new Admission.Refused(rate.waitAfter(0, now, now));
        }
        return new Admission.Refused(rate.waitAfter(log.size(), Instant.EPOCH.plusNanos(log.oldest()), now));
    }

    private void makeRoom(String key, long time) {
        boolean full = logs.size() >= maxKeys && !logs.containsKey(key);
        if (!full && time < nextSweep) {
            return;
        }
        nextSweep = time + SWEEP_INTERVAL;
        logs.entrySet()
                .removeIf(log -> !log.getKey().equals(key) && log.getValue().expiry() <= time);
        if (logs.size() >= maxKeys && !logs.containsKey(key)) {
            List<Map.Entry<String, SlidingLog>> bySoonest = logs.entrySet().stream()
                    .sorted(Comparator.comparingLong(log -> log.getValue().expiry()))
                    .limit(Math.max(1, maxKeys / 100))
                    .toList();
            bySoonest.forEach(log -> logs.remove(log.getKey()));
        }
    }

    private static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }
}
