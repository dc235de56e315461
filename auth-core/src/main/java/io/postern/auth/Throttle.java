package io.postern.auth;

import java.time.Duration;
import java.util.Optional;

/**
 * Says whether a caller may go on now, and if not, when.
 *
 * <p>Implement this for a limit of your own. The gate asks every throttle of a policy after all permissions have
 * granted, on the thread of the request, even when an earlier one refused (drf-contract TH-7). Implementations are safe
 * for use by several threads and count atomically.
 *
 * <p>Mirrors DRF's {@code BaseThrottle}.
 */
@FunctionalInterface
public interface Throttle {

    /**
     * Counts this request, if it may go on.
     *
     * @param request the request
     * @param authentication who it acts for
     * @return the answer
     * @throws StoreException if the counters cannot be reached
     */
    Admission admit(AuthRequest request, Authentication authentication);

    /** What a throttle answers. */
    sealed interface Admission {

        /** The caller may go on. */
        record Admitted() implements Admission {}

        /**
         * The caller has to wait.
         *
         * @param retryAfter how long; empty if nobody knows
         */
        record Refused(Optional<Duration> retryAfter) implements Admission {}
    }
}
