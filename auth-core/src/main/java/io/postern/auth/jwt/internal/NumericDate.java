package io.postern.auth.jwt.internal;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Which JSON values are times of a token (RFC 7519, section 2): seconds since 1970, up to the year 9999. Any other value
 * is bad, never absent.
 */
public enum NumericDate {

    /**
     * What PyJWT accepts: fractions, which are truncated, booleans, which Python counts as 1 and 0, and times before
     * 1970.
     */
    SIMPLEJWT,

    /** Positive integers. */
    WHOLE_SECONDS,

    /**
     * Numbers from 0, with fractions that count, in any notation of JSON. Seconds before 1970 are undefined in POSIX, which
     * RFC 7519 refers to.
     */
    FRACTIONS;

    private static final long YEAR_9999 = 253_402_300_799L;

    /** Returns the seconds, or NaN if the claim is not a time. */
    public double read(@Nullable Object claim) {
        double seconds = seconds(claim);
        return seconds >= earliest() && seconds <= YEAR_9999 ? seconds : Double.NaN;
    }

    private double earliest() {
        return switch (this) {
            case SIMPLEJWT -> -YEAR_9999;
            case WHOLE_SECONDS -> 1;
            case FRACTIONS -> 0;
        };
    }

    /**
     * Returns the seconds of an {@code exp}, or NaN if the claim is not a time. A string of digits is not one, yet
     * {@link #SIMPLEJWT} reads it if it is in the past, because PyJWT then reports an expired token, not an invalid one.
     */
    public double readExpiry(@Nullable Object claim, double past) {
        if (!(claim instanceof String text)) {
            return read(claim);
        }
        String digits = text.strip();
        if (this != SIMPLEJWT || !digits.matches("[+-]?[0-9]{1,12}")) {
            return Double.NaN;
        }
        double seconds = Double.parseDouble(digits);
        return seconds <= past ? seconds : Double.NaN;
    }

    private double seconds(@Nullable Object claim) {
        if (claim instanceof Long whole) {
            return whole;
        }
        if (claim instanceof BigDecimal number && this != WHOLE_SECONDS) {
            return this == FRACTIONS ? number.doubleValue() : truncated(number);
        }
        if (claim instanceof Boolean truth && this == SIMPLEJWT) {
            return truth ? 1 : 0;
        }
        return Double.NaN;
    }

    /** The magnitude is checked first: {@code 1e999999999} has a billion digits. */
    private static double truncated(BigDecimal number) {
        boolean fits = number.abs().compareTo(BigDecimal.valueOf(YEAR_9999)) <= 0;
        return fits ? number.longValue() : Double.NaN;
    }
}
