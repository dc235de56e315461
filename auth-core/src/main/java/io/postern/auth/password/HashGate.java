package io.postern.auth.password;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets only so many threads hash at a time, so that a flood of logins cannot starve the rest (R-PWD-22). */
final class HashGate {

    private static final Duration LEAST_RETRY = Duration.ofSeconds(1);

    private final Semaphore permits;
    private final Duration maxWait;

    HashGate(int concurrentHashes, Duration maxWait) {
        if (concurrentHashes < 1) {
            throw new IllegalArgumentException("concurrentHashes must be at least 1, not " + concurrentHashes);
        }
        if (maxWait.isNegative()) {
            throw new IllegalArgumentException("maxWait must not be negative: " + maxWait + "; use zero not to wait");
        }
        this.permits = new Semaphore(concurrentHashes, true);
        this.maxWait = maxWait;
    }

    /** Waits for a place; an interrupt while waiting counts as a full house, and the thread stays interrupted. */
    boolean enter() {
        try {
            return permits.tryAcquire(TimeUnit.NANOSECONDS.convert(maxWait), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void leave() {
        permits.release();
    }

    Duration retryAfter() {
        return maxWait.compareTo(LEAST_RETRY) < 0 ? LEAST_RETRY : maxWait;
    }
}
