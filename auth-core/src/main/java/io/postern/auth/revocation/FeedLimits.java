package io.postern.auth.revocation;

import java.time.Duration;

/** How old a node's knowledge may get, in the ticker's nanoseconds, and how much of it there may be. */
record FeedLimits(long pollInterval, long staleness, long tolerance, int maxEntries) {

    static FeedLimits of(Duration pollInterval, Duration staleness, Duration tolerance, int maxEntries) {
        if (pollInterval.isNegative() || pollInterval.isZero()) {
            throw new IllegalArgumentException("pollInterval must be positive, not " + pollInterval);
        }
        if (staleness.compareTo(pollInterval) < 0) {
            throw new IllegalArgumentException("staleness is " + staleness + ", shorter than pollInterval, "
                    + pollInterval + ": every request would wait; poll twice within the staleness");
        }
        if (tolerance.compareTo(staleness) < 0) {
            throw new IllegalArgumentException("tolerance is " + tolerance + ", shorter than staleness, " + staleness
                    + "; set it to the staleness to tolerate no failure");
        }
        if (tolerance.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("tolerance must be a day at the most, not " + tolerance);
        }
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries must be at least 1, not " + maxEntries);
        }
        return new FeedLimits(pollInterval.toNanos(), staleness.toNanos(), tolerance.toNanos(), maxEntries);
    }
}
