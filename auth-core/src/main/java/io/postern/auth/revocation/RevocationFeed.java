package io.postern.auth.revocation;

import io.postern.auth.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a store's feed on the threads of requests and checks tokens in memory.
 *
 * <p>Ages are measured by the ticker; the clock only decides what has expired. The polling thread holds the lock; while the
 * copy is fresh no other thread waits for it.
 */
final class RevocationFeed {

    private static final Logger LOG = LoggerFactory.getLogger(RevocationFeed.class);
    private static final int PAGE = 1_000;
    private static final long SWEEP_PERIOD = Duration.ofMinutes(1).toNanos();
    private static final long BEGINNING = 0;
    private static final long NEVER = -1;

    private final RevocationStore store;
    private final FeedLimits limits;
    private final Clock clock;
    private final LongSupplier ticker;
    private final RevocationMemory memory;
    private final ReentrantLock polling = new ReentrantLock();

    /** How many revocations of this node found no room in memory. */
    private final AtomicLong gaps = new AtomicLong();

    private volatile Knowledge knowledge;
    private volatile long nextPoll;
    private volatile Optional<Long> underWaySince = Optional.empty();
    private volatile Optional<RuntimeException> failure = Optional.empty();

    // Guarded by the lock.
    private long cursor = BEGINNING;
    private long nextSweep;
    private Instant latest;
    private boolean full;

    RevocationFeed(RevocationStore store, FeedLimits limits, Clock clock, LongSupplier ticker) {
        this.store = store;
        this.limits = limits;
        this.clock = clock;
        this.ticker = ticker;
        this.memory = new RevocationMemory(limits.maxEntries());
        this.latest = clock.instant();
        this.nextPoll = ticker.getAsLong();
        this.nextSweep = nextPoll + SWEEP_PERIOD;
        this.knowledge = new Knowledge(NEVER, nextPoll);
    }

    boolean isRevoked(Revocation.Subject token) {
        return isMemoryUsable() ? memory.matches(token) : store.isRevoked(token);
    }

    /** Adds what this node has just added to the store. */
    void learn(List<Revocation> entries) {
        for (Revocation entry : entries) {
            if (!memory.learn(entry)) {
                // A poll that began before this cannot make memory complete.
                gaps.incrementAndGet();
            }
        }
    }

    long size() {
        return memory.size();
    }

    private boolean isMemoryUsable() {
        Knowledge known = knowledge;
        long now = ticker.getAsLong();
        long age = now - known.asOf();
        if (isComplete(known) && age > limits.maxStaleness()) {
            catchUp(now);
        } else if (!isComplete(known) || age > limits.pollInterval()) {
            pollUnlessUnderWay(now);
        }
        return isComplete(knowledge);
    }

    private boolean isComplete(Knowledge known) {
        return known.gaps() == gaps.get();
    }

    private boolean isDue(long now) {
        return now - nextPoll >= 0;
    }

    private void pollUnlessUnderWay(long now) {
        if (isDue(now) && polling.tryLock()) {
            try {
                if (!pollIfDue() && isComplete(knowledge)) {
                    // The poll may have taken so long to fail that the copy is not fresh any more.
                    requireTolerable();
                }
            } finally {
                polling.unlock();
            }
        }
    }

    /** Returns when the copy is fresh, or incomplete, or old but tolerable because the store fails. */
    private void catchUp(long now) {
        boolean caughtUp = false;
        if (lockedWithin(patience(now))) {
            try {
                caughtUp = isFresh() || pollIfDue();
            } finally {
                polling.unlock();
            }
        }
        if (!caughtUp && isComplete(knowledge)) {
            requireTolerable();
        }
    }

    /** Returns how long to wait; a thread that joins a hanging poll late waits only for the rest of the time. */
    private long patience(long now) {
        return underWaySince.map(start -> start + limits.maxStaleness() - now).orElse(limits.maxStaleness());
    }

    private boolean lockedWithin(long nanos) {
        try {
            return polling.tryLock() || polling.tryLock(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isFresh() {
        return ticker.getAsLong() - knowledge.asOf() <= limits.maxStaleness();
    }

    private void requireTolerable() {
        if (ticker.getAsLong() - knowledge.asOf() > limits.maxOutage()) {
            String message = "revocations have not been read for longer than " + Duration.ofNanos(limits.maxOutage());
            throw failure.map(cause -> new StoreException(message, cause)).orElseGet(() -> new StoreException(message));
        }
    }

    private boolean pollIfDue() {
        long start = ticker.getAsLong();
        if (!isDue(start)) {
            return false;
        }
        underWaySince = Optional.of(start);
        nextPoll = start + limits.pollInterval();
        try {
            return poll(start);
        } catch (RuntimeException e) {
            noteFailure(e);
            return false;
        } finally {
            underWaySince = Optional.empty();
        }
    }

    private boolean poll(long start) {
        long gapsBefore = gaps.get();
        Instant expiry = expiry(start);
        boolean room = isComplete(knowledge) || memory.hasRoom();
        if (!room || !readFeed(expiry)) {
            noteFull();
            return false;
        }
        knowledge = new Knowledge(gapsBefore, start);
        noteSuccess();
        return true;
    }

    /** Returns the time before which entries are ignored, and deletes those in memory once a minute. */
    private Instant expiry(long start) {
        Instant now = clock.instant();
        if (now.isBefore(latest.minus(Revocation.MARGIN))) {
            // The clock jumped back: tokens live again whose entries were dropped.
            cursor = BEGINNING;
            knowledge = new Knowledge(NEVER, knowledge.asOf());
            latest = now;
        }
        latest = now.isAfter(latest) ? now : latest;
        Instant expiry = now.minus(Revocation.MARGIN);
        if (start - nextSweep >= 0) {
            nextSweep = start + SWEEP_PERIOD;
            memory.deleteExpired(expiry);
        }
        return expiry;
    }

    private boolean readFeed(Instant expiry) {
        long position = cursor;
        boolean more = true;
        while (more) {
            RevocationStore.Page page = store.since(position, PAGE);
            if (!learnLive(page.entries(), expiry)) {
                return false;
            }
            more = page.more();
            if (more && page.cursor() == position) {
                throw new StoreException("the revocation feed has more entries but its cursor stands still");
            }
            position = page.cursor();
        }
        // Not sooner: a store that returns young entries again does so by its last cursor.
        cursor = position;
        return true;
    }

    private boolean learnLive(List<Revocation> entries, Instant expiry) {
        for (Revocation entry : entries) {
            if (!entry.expires().isBefore(expiry) && !memory.learn(entry)) {
                return false;
            }
        }
        return true;
    }

    private void noteFull() {
        knowledge = new Knowledge(NEVER, knowledge.asOf());
        if (!full) {
            full = true;
            LOG.warn(
                    "more than {} revocations: each request queries the store until some have expired; raise maxEntries",
                    limits.maxEntries());
        }
    }

    private void noteFailure(RuntimeException cause) {
        if (failure.isEmpty()) {
            LOG.warn(
                    "cannot read revocations; using those in memory for up to {} after the last successful read",
                    Duration.ofNanos(limits.maxOutage()),
                    cause);
        }
        failure = Optional.of(cause);
    }

    private void noteSuccess() {
        if (failure.isPresent() || full) {
            LOG.info("revocations are checked in memory again");
        }
        failure = Optional.empty();
        full = false;
    }

    /**
     * What the last good poll saw: all entries visible at a tick of the ticker.
     *
     * @param gaps how many entries of this node were left out of memory before it; if there are more now, or it is
     *     {@code NEVER}, memory must not be used
     */
    private record Knowledge(long gaps, long asOf) {}
}
