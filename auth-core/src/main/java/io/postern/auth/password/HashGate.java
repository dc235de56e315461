package io.postern.auth.password;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Limits how many threads hash and how many wait, so that a flood of logins cannot starve other requests. */
final class HashGate {

    private static final Duration MIN_RETRY = Duration.ofSeconds(1);

    /** One permit for each caller that hashes or waits. */
    private final Semaphore callers;

    private final Semaphore hashing;
    private final Duration maxWait;

    HashGate(int concurrentHashes, int maxWaiting, Duration maxWait) {
        if (concurrentHashes < 1) {
            throw new IllegalArgumentException("concurrentHashes must be at least 1, not " + concurrentHashes);
        }
        if (maxWaiting < 0) {
            throw new IllegalArgumentException(
                    "maxWaiting must not be negative: " + maxWaiting + "; use zero for no waiting");
        }
        if (maxWait.isNegative()) {
            throw new IllegalArgumentException(
                    "maxWait must not be negative: " + maxWait + "; use zero for no waiting");
        }
        this.callers = new Semaphore((int) Math.min(Integer.MAX_VALUE, (long) concurrentHashes + maxWaiting));
        this.hashing = new Semaphore(concurrentHashes, true);
        this.maxWait = maxWait;
    }

    /** Returns whether the caller may hash, after waiting if necessary; if true, it has to call {@link #leave}. */
    boolean enter() {
        if (!callers.tryAcquire()) {
            return false;
        }
        boolean entered = awaitHashing();
        if (!entered) {
            callers.release();
        }
        return entered;
    }

    /** An interrupt while waiting counts as rejection; the thread stays interrupted. */
    private boolean awaitHashing() {
        try {
            return hashing.tryAcquire(TimeUnit.NANOSECONDS.convert(maxWait), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Releases the hashing permit first: where waiting is not allowed, a caller admitted then finds a permit to hash. */
    void leave() {
        hashing.release();
        callers.release();
    }

    Duration retryAfter() {
        return maxWait.compareTo(MIN_RETRY) < 0 ? MIN_RETRY : maxWait;
    }
}
