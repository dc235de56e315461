package io.postern.auth.revocation;

import java.time.Duration;

/** The limits of the age of a node's copy of the feed, in the ticker's nanoseconds, and of its size. */
record FeedLimits(long pollInterval, long maxStaleness, long maxOutage, int maxEntries) {

    /** Creates limits with two polls within the staleness. */
    static FeedLimits of(Duration maxStaleness, Duration maxOutage, int maxEntries) {
        if (maxStaleness.compareTo(Duration.ofNanos(2)) < 0) {
            throw new IllegalArgumentException("maxStaleness must be positive, not " + maxStaleness);
        }
        if (maxOutage.compareTo(maxStaleness) < 0) {
            throw new IllegalArgumentException("maxOutage is " + maxOutage + ", shorter than maxStaleness, "
                    + maxStaleness + "; set both to the same value to tolerate no failure");
        }
        if (maxOutage.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("maxOutage must not exceed a day, but is " + maxOutage);
        }
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries must be at least 1, not " + maxEntries);
        }
        return new FeedLimits(maxStaleness.toNanos() / 2, maxStaleness.toNanos(), maxOutage.toNanos(), maxEntries);
    }
}
