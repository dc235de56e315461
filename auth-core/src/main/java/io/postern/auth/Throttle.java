package io.postern.auth;

import java.time.Duration;
import java.util.Optional;

/**
 * A rate limit.
 *
 * <p>Implement this for a limit of your own. The gate consults every throttle of a policy after all permissions have
 * granted, on the request thread, even when an earlier one refused (drf-contract TH-7). Implementations must be thread-safe
 * and count atomically.
 *
 * <p>Mirrors DRF's {@code BaseThrottle}.
 */
@FunctionalInterface
public interface Throttle extends Policy.ThrottleSource {

    /**
     * Counts this request if it is within the limit.
     *
     * @throws StoreException if the counters are unavailable
     */
    Admission admit(AuthRequest request, Authentication authentication);

    /** The result of a throttle. */
    sealed interface Admission {

        /** The request is within the limit. */
        record Admitted() implements Admission {}

        /**
         * The limit is exceeded.
         *
         * @param retryAfter the time to wait; empty if unknown
         */
        record Refused(Optional<Duration> retryAfter) implements Admission {}
    }
}
