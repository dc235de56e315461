package io.postern.auth.password;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets only so many threads hash at a time, and only so many wait, so that a flood cannot starve the rest. */
final class HashGate {

    private static final Duration LEAST_RETRY = Duration.ofSeconds(1);

    /** One for each caller inside, be it hashing or waiting. */
    private final Semaphore places;

    private final Semaphore turns;
    private final Duration maxWait;

    HashGate(int concurrentHashes, int maxWaiting, Duration maxWait) {
        if (concurrentHashes < 1) {
            throw new IllegalArgumentException("concurrentHashes must be at least 1, not " + concurrentHashes);
        }
        if (maxWaiting < 0) {
            throw new IllegalArgumentException(
                    "maxWaiting must not be negative: " + maxWaiting + "; use zero to let nobody wait");
        }
        if (maxWait.isNegative()) {
            throw new IllegalArgumentException("maxWait must not be negative: " + maxWait + "; use zero not to wait");
        }
        this.places = new Semaphore((int) Math.min(Integer.MAX_VALUE, (long) concurrentHashes + maxWaiting));
        this.turns = new Semaphore(concurrentHashes, true);
        this.maxWait = maxWait;
    }

    /** Waits for a turn if there is a place to wait; true if the caller has to {@link #leave}. */
    boolean enter() {
        if (!places.tryAcquire()) {
            return false;
        }
        boolean entered = waitForTurn();
        if (!entered) {
            places.release();
        }
        return entered;
    }

    /** An interrupt while waiting counts as a full house, and the thread stays interrupted. */
    private boolean waitForTurn() {
        try {
            return turns.tryAcquire(TimeUnit.NANOSECONDS.convert(maxWait), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The turn goes first: whoever finds a place where nobody may wait finds a turn too. */
    void leave() {
        turns.release();
        places.release();
    }

    Duration retryAfter() {
        return maxWait.compareTo(LEAST_RETRY) < 0 ? LEAST_RETRY : maxWait;
    }
}
