package io.postern.auth.jdbc.sql;

import java.time.Instant;

/** Converts times to the microseconds since 1970 in which they are stored, which no driver and no time zone can shift. */
public final class Timestamps {

    private static final long SECOND = 1_000_000;
    // Leaves a day for versions and for times derived from one.
    private static final long LAST_SECOND = Long.MAX_VALUE / SECOND - 86_400;

    private Timestamps() {}

    /** Returns the microseconds since 1970, rounded down; times beyond 292,000 years become the last or first one. */
    public static long toMicros(Instant time) {
        long seconds = time.getEpochSecond();
        if (seconds > LAST_SECOND) {
            return LAST_SECOND * SECOND;
        }
        if (seconds < -LAST_SECOND) {
            return -LAST_SECOND * SECOND;
        }
        return seconds * SECOND + time.getNano() / 1_000;
    }

    /** Returns the time of some microseconds since 1970. */
    static Instant toInstant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, SECOND), Math.floorMod(micros, SECOND) * 1_000L);
    }
}
