package io.postern.auth.jdbc;

import java.time.Instant;

/** Times as they are stored: microseconds since 1970, which no driver and no time zone can shift. */
final class Times {

    private static final long SECOND = 1_000_000;
    // A day is left, for versions and for times that follow.
    private static final long LAST_SECOND = Long.MAX_VALUE / SECOND - 86_400;

    private Times() {}

    /** Returns what to store; times beyond 292,000 years become the last or the first. */
    static long micros(Instant time) {
        long seconds = time.getEpochSecond();
        if (seconds > LAST_SECOND) {
            return LAST_SECOND * SECOND;
        }
        if (seconds < -LAST_SECOND) {
            return -LAST_SECOND * SECOND;
        }
        return seconds * SECOND + time.getNano() / 1_000;
    }

    /** Returns the time for which this was stored. */
    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, SECOND), Math.floorMod(micros, SECOND) * 1_000L);
    }
}
