package io.postern.auth.throttle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many requests in any stretch of so long.
 *
 * <pre>{@code
 * Rate rate = Rate.parse("100/hour");
 * }</pre>
 *
 * Mirrors the rate texts of DRF's {@code SimpleRateThrottle} (drf-contract TH-1).
 *
 * @param limit how many; 0 refuses always
 * @param period how long the stretch is, at most 366 days
 */
public record Rate(int limit, Duration period) {

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})/([smhd])[a-z]*");

    /**
     * Refuses what cannot be counted.
     *
     * @param limit 0 or more
     * @param period more than zero, at most 366 days
     * @throws IllegalArgumentException if a value is out of range
     */
    public Rate {
        if (limit < 0) {
            throw new IllegalArgumentException("the limit of a rate is " + limit + "; choose 0 or more");
        }
        if (period.isZero() || period.isNegative() || period.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the period of a rate is " + period + "; choose more than zero and at most 366 days");
        }
    }

    /**
     * Reads a rate from a text; of the period only the first letter counts.
     *
     * @param text for instance {@code 10/s}, {@code 3/min}, {@code 100/hour} or {@code 1000/day}
     * @return the rate
     * @throws IllegalArgumentException if the text has another form
     */
    public static Rate parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no rate; write a number, a slash and one of "
                    + "second, minute, hour, day, for instance 100/hour");
        }
        return new Rate(Integer.parseInt(matcher.group(1)), period(matcher.group(2)));
    }

    private static Duration period(String letter) {
        return switch (letter) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }

    /**
     * Returns how long a refused caller has to wait (drf-contract TH-6); every {@link CounterStore} answers this.
     *
     * @param count how many requests are on record for the period that ends now
     * @param oldest when the oldest of them was; now if there is none
     * @param now the time
     * @return the time to wait; empty if there are more on record than this rate allows
     */
    public Optional<Duration> waitAfter(int count, Instant oldest, Instant now) {
        long free = (long) limit - count + 1;
        if (free <= 0) {
            return Optional.empty();
        }
        return Optional.of(period.minus(Duration.between(oldest, now)).dividedBy(free));
    }
}
