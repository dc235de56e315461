package io.postern.auth.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;

/** Converts times to microseconds, which the numbers of Lua represent exactly until 2255. */
final class Times {

    /** Covers leeway, clocks that differ between servers, and clocks that jump. */
    static final Duration MARGIN = Duration.ofHours(1);

    /** The life of a row that never expires. */
    static final String UNLIMITED = "0";

    private static final Instant LATEST = Instant.EPOCH.plus(Long.MAX_VALUE - 1, ChronoUnit.MICROS);
    private static final Instant EARLIEST = Instant.EPOCH.minus(Long.MAX_VALUE - 1, ChronoUnit.MICROS);

    private Times() {}

    static String micros(Instant time) {
        return Long.toString(number(time));
    }

    static Instant instant(String micros) {
        return instant(Long.parseLong(micros));
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** Returns sixteen digits whose order is that of the times. */
    static String sortable(Instant time) {
        return HexFormat.of().toHexDigits(number(time) ^ Long.MIN_VALUE);
    }

    static Instant fromSortable(String digits) {
        return instant(HexFormat.fromHexDigitsToLong(digits) ^ Long.MIN_VALUE);
    }

    /**
     * Returns the time to live of a row in milliseconds. It is the difference of two times of the caller's clock, so that
     * the clock of the server does not matter.
     */
    static String life(Instant now, Instant end) {
        Duration left = Duration.between(near(now), near(end));
        return Long.toString((left.isNegative() ? MARGIN : left.plus(MARGIN)).toMillis());
    }

    static String life(Instant now, Optional<Instant> end) {
        return end.map(time -> life(now, time)).orElse(UNLIMITED);
    }

    private static long number(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, near(time));
    }

    /** Limits a time to the range of a long, for callers that express "never" by a maximal time. */
    private static Instant near(Instant time) {
        return time.isAfter(LATEST) ? LATEST : time.isBefore(EARLIEST) ? EARLIEST : time;
    }
}
