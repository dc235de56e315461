package io.postern.auth.jwt;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;

/**
 * The times of a token (RFC 7519, section 2). What is no number is bad; simplejwt's leniency, fractions and booleans
 * (which Python counts as 1 and 0), can be switched off.
 */
record NumericDate(boolean wholeSeconds) {

    private static final long YEAR_9999 = 253_402_300_799L;

    OptionalLong read(Object claim) {
        OptionalLong seconds = seconds(claim);
        long earliest = wholeSeconds ? 1 : -YEAR_9999;
        boolean sane = seconds.isPresent() && seconds.getAsLong() >= earliest && seconds.getAsLong() <= YEAR_9999;
        return sane ? seconds : OptionalLong.empty();
    }

    /** A text of digits is no time, yet one in the past is read, for PyJWT tells it as expired rather than invalid. */
    OptionalLong readEnd(Object claim, double past) {
        if (!(claim instanceof String text)) {
            return read(claim);
        }
        OptionalLong seconds = digits(text.strip());
        return seconds.isPresent() && seconds.getAsLong() <= past ? seconds : OptionalLong.empty();
    }

    private OptionalLong digits(String text) {
        boolean number = !wholeSeconds && text.matches("[+-]?[0-9]{1,12}");
        return number ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private OptionalLong seconds(Object claim) {
        if (claim instanceof Long whole) {
            return OptionalLong.of(whole);
        }
        if (wholeSeconds) {
            return OptionalLong.empty();
        }
        if (claim instanceof Boolean truth) {
            return OptionalLong.of(truth ? 1 : 0);
        }
        return claim instanceof BigDecimal number ? truncated(number) : OptionalLong.empty();
    }

    private static OptionalLong truncated(BigDecimal number) {
        boolean fits = number.abs().compareTo(BigDecimal.valueOf(YEAR_9999)) <= 0;
        return fits ? OptionalLong.of(number.setScale(0, RoundingMode.DOWN).longValueExact()) : OptionalLong.empty();
    }
}
