package io.postern.auth.revocation;

import java.time.Duration;

/** How old a node's knowledge may get, in the ticker's nanoseconds, and how much of it there may be. */
record FeedLimits(long pollInterval, long maxStaleness, long maxOutage, int maxEntries) {

    static FeedLimits of(Duration pollInterval, Duration maxStaleness, Duration maxOutage, int maxEntries) {
        if (pollInterval.isNegative() || pollInterval.isZero()) {
            throw new IllegalArgumentException("pollInterval must be positive, not " + pollInterval);
        }
        if (maxStaleness.compareTo(pollInterval) < 0) {
            throw new IllegalArgumentException("maxStaleness is " + maxStaleness + ", shorter than pollInterval, "
                    + pollInterval + ": every request would wait; poll twice within the maxStaleness");
        }
        if (maxOutage.compareTo(maxStaleness) < 0) {
            throw new IllegalArgumentException("maxOutage is " + maxOutage + ", shorter than maxStaleness, "
                    + maxStaleness + "; set it to the maxStaleness to tolerate no failure");
        }
        if (maxOutage.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("maxOutage must be a day at the most, not " + maxOutage);
        }
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries must be at least 1, not " + maxEntries);
        }
        return new FeedLimits(pollInterval.toNanos(), maxStaleness.toNanos(), maxOutage.toNanos(), maxEntries);
    }
}
