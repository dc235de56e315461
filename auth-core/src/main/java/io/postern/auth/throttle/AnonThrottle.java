package io.postern.auth.throttle;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Throttle;
import java.time.Clock;

/**
 * Limits callers who are not logged in, each by the client's address; others pass.
 *
 * <pre>{@code
 * Throttle throttle = AnonThrottle.of("20/hour", new InMemoryCounterStore());
 * }</pre>
 *
 * Mirrors DRF's {@code AnonRateThrottle} (drf-contract TH-4). Safe for use by several threads.
 *
 * <p><b>Security.</b> Behind a proxy every client has the proxy's address until {@code Proxies} says whom to believe.
 */
public final class AnonThrottle implements Throttle {

    private static final String SCOPE = "anon";

    private final Bucket bucket;

    private AnonThrottle(Bucket bucket) {
        this.bucket = bucket;
    }

    /**
     * Creates one on the system's clock.
     *
     * @param rate the limit, as {@link Rate#parse} reads it
     * @param store where to count
     * @return the throttle
     * @throws IllegalArgumentException if the text is no rate
     */
    public static AnonThrottle of(String rate, CounterStore store) {
        return of(Rate.parse(rate), store, Clock.systemUTC());
    }

    /**
     * Creates one.
     *
     * @param rate the limit
     * @param store where to count
     * @param clock what time it is
     * @return the throttle
     */
    public static AnonThrottle of(Rate rate, CounterStore store, Clock clock) {
        return new AnonThrottle(new Bucket(SCOPE, rate, store, clock));
    }

    @Override
    public Admission admit(AuthRequest request, Authentication authentication) {
        return authentication.isAuthenticated() ? new Admission.Admitted() : bucket.admit(request, authentication);
    }
}
