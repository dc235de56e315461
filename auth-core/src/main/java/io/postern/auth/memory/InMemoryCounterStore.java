package io.postern.auth.memory;

import io.postern.auth.Throttle.Admission;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.throttle.Rate;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Counts in the memory of this process, for this process alone; counts are lost when it ends.
 *
 * <p>Holds eight bytes for each request on record, for a bounded number of callers. Each new caller causes a look at two
 * others, whose records are dropped if they have expired; if the store is full, the caller of a few whose records expire
 * soonest is dropped. Callers who have reached their limit are dropped only if all of these few have. So the cost of a
 * request does not depend on the number of callers. Safe for use by several threads; callers do not wait for each other.
 *
 * <p><b>Security.</b> A client with more addresses than the bound makes the store drop the records of others, but not those
 * of callers who have reached their limit, unless it exhausts a limit from each address. Rejecting requests instead would
 * lock out all users.
 */
public final class InMemoryCounterStore implements CounterStore {

    private static final int DEFAULT_MAX_KEYS = 100_000;
    private static final int LOOKS = 2;
    private static final int LOOKS_WHEN_FULL = 16;

    private final int maxKeys;
    private final Map<String, SlidingLog> logs = new ConcurrentHashMap<>();

    /** Each key of the map once, in the order in which they are looked at. */
    private final Queue<String> round = new ConcurrentLinkedQueue<>();

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
        Attempt attempt = new Attempt(rate, now);
        logs.compute(key, attempt::count);
        if (attempt.isNew) {
            round.add(key);
            dropExpired(attempt.time);
            while (logs.size() > maxKeys && dropOne(key)) {
                // parallel newcomers may have exceeded the bound together
            }
        }
        return attempt.admission;
    }

    int size() {
        return logs.size();
    }

    private void dropExpired(long time) {
        for (int i = 0; i < LOOKS; i++) {
            String key = round.poll();
            if (key == null) {
                return;
            }
            if (logs.computeIfPresent(key, (same, log) -> log.expiry() <= time ? null : log) != null) {
                round.add(key);
            }
        }
    }

    /** Returns false if there is nothing to drop but the newcomer. */
    private boolean dropOne(String newcomer) {
        @Nullable String chosen = null;
        @Nullable Standing standing = null;
        for (int i = 0; i < LOOKS_WHEN_FULL; i++) {
            String key = round.poll();
            if (key == null) {
                break;
            }
            if (key.equals(newcomer)) {
                round.add(key);
                continue;
            }
            Standing next = standing(key);
            if (standing == null || next.precedes(standing)) {
                if (chosen != null) {
                    round.add(chosen);
                }
                chosen = key;
                standing = next;
            } else {
                round.add(key);
            }
        }
        if (chosen == null) {
            return false;
        }
        logs.remove(chosen);
        return true;
    }

    private Standing standing(String key) {
        Standing[] found = {new Standing(false, Long.MIN_VALUE)};
        logs.computeIfPresent(key, (same, log) -> {
            found[0] = new Standing(log.isExhausted(), log.expiry());
            return log;
        });
        return found[0];
    }

    private static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }

    private record Standing(boolean isExhausted, long expiry) {
        boolean precedes(Standing other) {
            return isExhausted == other.isExhausted ? expiry < other.expiry : !isExhausted;
        }
    }

    /** One request; used by one thread. */
    private static final class Attempt {

        private final Rate rate;
        private final Instant now;
        private final long time;
        private Admission admission = new Admission.Admitted();
        private boolean isNew;

        Attempt(Rate rate, Instant now) {
            this.rate = rate;
            this.now = now;
            this.time = nanos(now);
        }

        /** Runs while no other thread reads or changes the log of this key. */
        @Nullable
        SlidingLog count(String key, @Nullable SlidingLog known) {
            SlidingLog log = known == null ? new SlidingLog() : known;
            long period = rate.period().toNanos();
            log.moveBack(nanos(rate.latest(now)), time, period);
            log.dropUntil(time - period);
            log.limit(rate.limit());
            if (log.size() >= rate.limit()) {
                Instant oldest = log.size() == 0 ? now : Instant.EPOCH.plusNanos(log.oldest());
                admission = new Admission.Refused(rate.waitAfter(log.size(), oldest, now));
                return known;
            }
            log.add(time, period);
            isNew = known == null;
            return log;
        }
    }
}
