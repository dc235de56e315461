package io.postern.auth.throttle;

import io.postern.auth.Throttle.Admission;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Counts in the memory of this process, exactly but for this process alone; a restart forgets.
 *
 * <p>Holds eight bytes for each request on record, and no more than a bounded number of keys. What has expired is
 * dropped once a minute and whenever the bound is reached. If that makes no room, the hundredth part of the keys that is
 * the soonest to expire is dropped as well; a newcomer that comes while another looks for these drops any one key. Parallel
 * callers can exceed the bound by their number. Safe for use by several threads; callers of different keys do not wait for
 * each other.
 *
 * <p><b>Security.</b> Whoever asks from more addresses than the bound makes the store forget early what others did;
 * choose the bound by the addresses an attacker may have. To refuse instead would lock out everybody.
 */
public final class InMemoryCounterStore implements CounterStore {

    private static final int DEFAULT_MAX_KEYS = 100_000;
    private static final long SWEEP_PERIOD = Duration.ofMinutes(1).toNanos();
    private static final long CLOCKS_DIFFER_BY = Duration.ofMinutes(1).toNanos();

    private final ConcurrentMap<String, SlidingLog> logs = new ConcurrentHashMap<>();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final int maxKeys;
    private volatile long nextSweep = Long.MIN_VALUE;

    /** Creates a store of 100,000 keys. */
    public InMemoryCounterStore() {
        this(DEFAULT_MAX_KEYS);
    }

    /**
     * Creates a store.
     *
     * @param maxKeys how many callers are kept on record at once, at least 1
     * @throws IllegalArgumentException if that is less than 1
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
        boolean full = logs.size() >= maxKeys && !logs.containsKey(key);
        if (full || time >= nextSweep) {
            makeRoom(time, full);
        }
        Attempt attempt = new Attempt(rate, now, time);
        logs.compute(key, (k, log) -> attempt.on(log));
        return attempt.admission;
    }

    int size() {
        return logs.size();
    }

    /** Whoever comes while another sweeps drops one key for the one it brings, or the newcomers would outrun the sweep. */
    private void makeRoom(long time, boolean full) {
        if (sweeping.compareAndSet(false, true)) {
            try {
                sweep(time, full);
            } finally {
                sweeping.set(false);
            }
        } else if (full) {
            dropOne();
        }
    }

    /** Of two who find the same key only one drops it, and the other looks on. */
    private void dropOne() {
        for (String key : logs.keySet()) {
            if (logs.remove(key) != null) {
                return;
            }
        }
    }

    private void sweep(long time, boolean full) {
        nextSweep = time + SWEEP_PERIOD;
        logs.keySet().forEach(key -> dropIfExpired(key, time));
        int over = logs.size() - maxKeys;
        if (full && over >= 0) {
            // A copy, because the logs go on changing while they are sorted.
            logs.entrySet().stream()
                    .map(log -> new Victim(log.getKey(), log.getValue().expiry()))
                    .sorted(Comparator.comparingLong(Victim::expiry))
                    .limit(over + Math.max(1, maxKeys / 100))
                    .forEach(victim -> dropIfExpired(victim.key(), victim.expiry()));
        }
    }

    private void dropIfExpired(String key, long time) {
        logs.computeIfPresent(key, (k, log) -> log.expiry() <= time ? null : log);
    }

    private static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }

    private record Victim(String key, long expiry) {}

    private static final class Attempt {

        private final Rate rate;
        private final Instant now;
        private final long time;
        private Admission admission = new Admission.Admitted();

        Attempt(Rate rate, Instant now, long time) {
            this.rate = rate;
            this.now = now;
            this.time = time;
        }

        @Nullable
        SlidingLog on(@Nullable SlidingLog found) {
            SlidingLog log = found == null ? new SlidingLog() : found;
            long period = rate.period().toNanos();
            log.dropUntil(time - period);
            log.dropAfter(time + CLOCKS_DIFFER_BY, period);
            if (log.size() < rate.limit()) {
                log.add(time, period);
                return log;
            }
            boolean unused = log.size() == 0;
            Instant oldest = unused ? now : Instant.EPOCH.plusNanos(log.oldest());
            admission = new Admission.Refused(rate.waitAfter(log.size(), oldest, now));
            return unused ? null : log;
        }
    }
}
