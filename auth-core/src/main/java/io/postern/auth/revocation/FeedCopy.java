package io.postern.auth.revocation;

import io.postern.auth.StoreException;
import io.postern.auth.internal.OutageLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's copy of the feed. One thread at a time polls; any number may read and learn meanwhile, without a lock.
 *
 * <p>Ages are measured by the ticker; the clock only decides what has expired.
 */
final class FeedCopy {

    private static final Logger LOG = LoggerFactory.getLogger(FeedCopy.class);
    private static final int PAGE = 1_000;
    private static final long SWEEP_PERIOD = Duration.ofMinutes(1).toNanos();
    private static final long BEGINNING = 0;
    private static final long NEVER = -1;

    private final RevocationStore store;
    private final FeedLimits limits;
    private final Clock clock;
    private final LongSupplier ticker;
    private final RevocationMemory memory;
    private final OutageLog outages;

    /** How many revocations of this node found no room in memory. */
    private final AtomicLong gaps = new AtomicLong();

    private volatile Knowledge knowledge;
    private volatile boolean full;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Long lastPage;

    // Used by the polling thread only.
    private long cursor = BEGINNING;
    private long nextSweep;
    private Instant latest;

    FeedCopy(RevocationStore store, FeedLimits limits, Clock clock, LongSupplier ticker) {
        this.store = store;
        this.limits = limits;
        this.clock = clock;
        this.ticker = ticker;
        this.memory = new RevocationMemory(limits.maxEntries());
        this.outages = new OutageLog("revocations", clock);
        this.latest = clock.instant();
        long now = ticker.getAsLong();
        this.nextSweep = now + SWEEP_PERIOD;
        this.knowledge = new Knowledge(NEVER, now);
    }

    /** Returns whether memory has all entries that were visible some time ago, but not too long ago. */
    boolean isUsable(long now) {
        Knowledge known = knowledge;
        return isComplete(known) && now - known.asOf() <= limits.maxOutage();
    }

    /** Returns whether memory lacks entries for want of room, so that each request has to query the store. */
    boolean isFull() {
        return full || (knowledge.gaps() != NEVER && !isComplete(knowledge));
    }

    /** Returns whether the feed is being read for the first time from a store that responds. */
    boolean isLoading(long now) {
        Long page = lastPage;
        return !isComplete(knowledge) && page != null && now - page <= limits.maxStaleness();
    }

    /** Returns whether the last poll failed. */
    boolean isFailing() {
        return failure != null;
    }

    boolean matches(Revocation.Subject token) {
        return memory.matches(token);
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

    /** Returns the exception for requests that the copy is too old for. */
    StoreException unavailable() {
        Duration tolerated = Duration.ofNanos(limits.maxOutage());
        String message = isComplete(knowledge)
                ? "revocations have not been read for longer than " + tolerated
                : "revocations have not been read yet";
        Throwable cause = failure;
        return cause == null ? new StoreException(message) : new StoreException(message, cause);
    }

    /** Reads new entries; a failure is logged. */
    void poll() {
        try {
            read(ticker.getAsLong());
        } catch (RuntimeException | Error e) {
            // An error, for instance of a class that is missing, must not end the thread that polls.
            failure = e;
            outages.failed(e);
        }
    }

    /** Makes the copy unusable until the next poll, because polling pauses; called by the thread that polled. */
    void expire(long now) {
        failure = null;
        knowledge = new Knowledge(knowledge.gaps(), now - limits.maxOutage() - 1);
    }

    private boolean isComplete(Knowledge known) {
        return known.gaps() == gaps.get();
    }

    private void read(long start) {
        long gapsBefore = gaps.get();
        Instant expiry = expiry(start);
        boolean room = isComplete(knowledge) || memory.hasRoom();
        if (!room || !readFeed(expiry)) {
            noteFull();
            return;
        }
        knowledge = new Knowledge(gapsBefore, start);
        if (full) {
            LOG.info("revocations are checked in memory again");
        }
        full = false;
        failure = null;
        outages.succeeded();
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
            lastPage = ticker.getAsLong();
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

    /**
     * What the last good poll saw: all entries visible at a tick of the ticker.
     *
     * @param gaps how many entries of this node were left out of memory before it; if there are more now, or it is
     *     {@code NEVER}, memory must not be used
     */
    private record Knowledge(long gaps, long asOf) {}
}
