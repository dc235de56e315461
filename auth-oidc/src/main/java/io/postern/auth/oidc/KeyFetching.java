package io.postern.auth.oidc;

import java.time.Duration;

/**
 * When an issuer's keys are fetched, and the limits of a fetch.
 *
 * <pre>{@code
 * KeyFetching.defaults().withOutageTolerance(Duration.ofHours(6));
 * }</pre>
 *
 * @param connectTimeout the time limit of the connection; 2 s by default
 * @param responseTimeout the time limit of the whole response after that; 2 s by default
 * @param maxAnswer the largest response, in bytes; 51,200 by default
 * @param cacheFor how long keys are used before they must be fetched again; 5 min by default
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
     * Validates the components.
     *
     * @throws IllegalArgumentException if a value is out of its range, which the message contains
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

    /** Returns the defaults. */
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

    /** Returns a copy with other time limits, of the connection and of the whole response after that. */
    public KeyFetching withTimeouts(Duration connect, Duration response) {
        return new KeyFetching(connect, response, maxAnswer, cacheFor, refreshAhead, pause, outageTolerance);
    }

    /** Returns a copy with another limit of the response. */
    public KeyFetching withMaxAnswer(int bytes) {
        return new KeyFetching(connectTimeout, responseTimeout, bytes, cacheFor, refreshAhead, pause, outageTolerance);
    }

    /**
     * Returns a copy with another lifetime of the fetched keys.
     *
     * @param life how long they are used before they must be fetched again
     * @param ahead how long before that they are fetched in the background
     */
    public KeyFetching withCacheFor(Duration life, Duration ahead) {
        return new KeyFetching(connectTimeout, responseTimeout, maxAnswer, life, ahead, pause, outageTolerance);
    }

    /** Returns a copy with another least time between two fetches for unknown keys, and after a fetch that failed. */
    public KeyFetching withPause(Duration least) {
        return new KeyFetching(
                connectTimeout, responseTimeout, maxAnswer, cacheFor, refreshAhead, least, outageTolerance);
    }

    /** Returns a copy with another time for which old keys are used while fetching fails, after {@code cacheFor}. */
    public KeyFetching withOutageTolerance(Duration more) {
        return new KeyFetching(connectTimeout, responseTimeout, maxAnswer, cacheFor, refreshAhead, pause, more);
    }

    /** Returns the time limit of one request. */
    Duration maxExchange() {
        return connectTimeout.plus(responseTimeout);
    }

    private static void requireFromTo(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", not " + value);
        }
    }
}
