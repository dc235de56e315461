package io.postern.auth.throttle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of requests in any period of a length.
 *
 * <pre>{@code
 * Rate rate = Rate.parse("100/hour");
 * }</pre>
 *
 * Mirrors the rates of DRF's {@code SimpleRateThrottle} (drf-contract TH-1).
 *
 * @param limit the number of requests; 0 rejects all
 * @param period the length, at most 366 days
 */
public record Rate(int limit, Duration period) {

    private static final Duration MAX_PERIOD = Duration.ofDays(366);
    private static final Duration MAX_SKEW = Duration.ofSeconds(10);
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})/([smhd])[a-z]*");

    /**
     * Validates the components.
     *
     * @throws IllegalArgumentException if the limit is negative, or the period is not from above zero to 366 days
     */
    public Rate {
        if (limit < 0) {
            throw new IllegalArgumentException("the limit of a rate is " + limit + "; choose 0 or more");
        }
        if (period.isZero() || period.isNegative() || period.compareTo(MAX_PERIOD) > 0) {
            throw new IllegalArgumentException(
                    "the period of a rate is " + period + "; choose more than zero and at most 366 days");
        }
    }

    /**
     * Parses a rate; only the first letter of the period counts.
     *
     * @param text for instance {@code 10/s}, {@code 3/min}, {@code 100/hour} or {@code 1000/day}
     * @throws IllegalArgumentException if the rate is malformed
     */
    public static Rate parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a rate; write a number, a slash and one of "
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
     * Returns the latest time that a request on record may have; every {@link CounterStore} replaces a later one by {@code
     * now}. Such a time was written before the clock was set back: ignoring it would allow the limit twice, and keeping it
     * would reject the caller until the clock reaches it again.
     *
     * @return 10 seconds after {@code now}, by which the clocks of servers may differ, or one period if that is shorter
     */
    public Instant latest(Instant now) {
        Duration skew = period.compareTo(MAX_SKEW) < 0 ? period : MAX_SKEW;
        return now.isAfter(Instant.MAX.minus(skew)) ? Instant.MAX : now.plus(skew);
    }

    /**
     * Returns how long a rejected caller has to wait (drf-contract TH-6); every {@link CounterStore} returns this.
     *
     * @param count the number of requests on record for the period that ends now
     * @param oldest the time of the oldest of them; now if there is none
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
