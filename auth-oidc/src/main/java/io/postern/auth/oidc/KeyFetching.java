package io.postern.auth.oidc;

import java.time.Duration;

/**
 * When and within which bounds an issuer's keys are fetched.
 *
 * <pre>{@code
 * KeyFetching.defaults().outageTolerance(Duration.ofHours(6));
 * }</pre>
 *
 * @param connectTimeout how long to wait for the connection; 2 s by default
 * @param responseTimeout how long to wait for the whole answer after that; 2 s by default
 * @param largestAnswer how many bytes the answer may have; 51,200 by default
 * @param cacheFor how long keys are used before they must have been fetched again; 5 min by default
 * @param refreshAhead how long before that moment they are fetched in the background; 30 s by default
 * @param pause the least time between two fetches for unknown keys, and after a fetch that failed; 30 s by default
 * @param outageTolerance how long after {@code cacheFor} the old keys are used while fetching fails; 1 h by default
 */
public record KeyFetching(
        Duration connectTimeout,
        Duration responseTimeout,
        int maxAnswer,
        Duration cacheFor,
        Duration refreshAhead,
        Duration pause,
        Duration outageTolerance) {

    /**
     * Refuses bounds that are none.
     *
     * @param connectTimeout how long to wait for the connection
     * @param responseTimeout how long to wait for the whole answer after that
     * @param largestAnswer how many bytes the answer may have
     * @param cacheFor how long keys are used before they must have been fetched again
     * @param refreshAhead how long before that moment they are fetched in the background
     * @param pause the least time between two fetches for unknown keys, and after a fetch that failed
     * @param outageTolerance how long after {@code cacheFor} the old keys are used while fetching fails
     * @throws IllegalArgumentException if a value is out of its bounds, which the message tells
     */
    public KeyFetching {
        requireFromTo("connectTimeout", connectTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
        requireFromTo("responseTimeout", responseTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
        requireFromTo("cacheFor", cacheFor, Duration.ofSeconds(1), Duration.ofDays(1));
        requireFromTo("refreshAhead", refreshAhead, Duration.ZERO, cacheFor.minusMillis(1));
        requireFromTo("pause", pause, Duration.ofSeconds(1), Duration.ofHours(1));
        requireFromTo("outageTolerance", outageTolerance, Duration.ZERO, Duration.ofDays(7));
        if (maxAnswer < 256 || maxAnswer > 1_048_576) {
            throw new IllegalArgumentException("maxAnswer must be from 256 to 1048576 bytes, not " + maxAnswer);
        }
    }

    /**
     * Returns the defaults.
     *
     * @return the values named above
     */
    public static KeyFetching defaults() {
        return new KeyFetching(
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                51_200,
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofHours(1));
    }

    /**
     * Returns these values with other time-outs.
     *
     * @param connect how long to wait for the connection
     * @param response how long to wait for the whole answer after that
     * @return new values
     */
    public KeyFetching timeouts(Duration connect, Duration response) {
        return new KeyFetching(connect, response, maxAnswer, cacheFor, refreshAhead, pause, outageTolerance);
    }

    /**
     * Returns these values with another bound of the answer.
     *
     * @param bytes how many bytes it may have
     * @return new values
     */
    public KeyFetching maxAnswer(int bytes) {
        return new KeyFetching(connectTimeout, responseTimeout, bytes, cacheFor, refreshAhead, pause, outageTolerance);
    }

    /**
     * Returns these values with another life of the fetched keys.
     *
     * @param life how long they are used before they must have been fetched again
     * @param ahead how long before that they are fetched in the background
     * @return new values
     */
    public KeyFetching cacheFor(Duration life, Duration ahead) {
        return new KeyFetching(connectTimeout, responseTimeout, maxAnswer, life, ahead, pause, outageTolerance);
    }

    /**
     * Returns these values with another pause.
     *
     * @param least the least time between two fetches for unknown keys, and after a fetch that failed
     * @return new values
     */
    public KeyFetching pause(Duration least) {
        return new KeyFetching(
                connectTimeout, responseTimeout, maxAnswer, cacheFor, refreshAhead, least, outageTolerance);
    }

    /**
     * Returns these values with another tolerance.
     *
     * @param more how long after {@code cacheFor} the old keys are used while fetching fails; zero for not at all
     * @return new values
     */
    public KeyFetching outageTolerance(Duration more) {
        return new KeyFetching(connectTimeout, responseTimeout, maxAnswer, cacheFor, refreshAhead, pause, more);
    }

    /** Returns how long one request may take. */
    Duration maxExchange() {
        return connectTimeout.plus(responseTimeout);
    }

    private static void requireFromTo(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", not " + value);
        }
    }
}
