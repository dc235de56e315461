package io.postern.auth.throttle;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Throttle;
import java.time.Clock;

/**
 * Limits anonymous callers by the client's address; authenticated ones pass.
 *
 * <pre>{@code
 * Throttle throttle = AnonThrottle.of("20/hour", new InMemoryCounterStore());
 * }</pre>
 *
 * Mirrors DRF's {@code AnonRateThrottle} (drf-contract TH-4). Safe for use by several threads.
 *
 * <p><b>Security.</b> Behind a proxy every client has the proxy's address, until {@code Proxies} names the proxy.
 */
public final class AnonThrottle implements Throttle {

    private static final String SCOPE = "anon";

    private final Bucket bucket;

    private AnonThrottle(Bucket bucket) {
        this.bucket = bucket;
    }

    /**
     * Creates a throttle on the system's clock.
     *
     * @param rate the limit, as {@link Rate#parse} reads it
     * @throws IllegalArgumentException if the rate is malformed
     */
    public static AnonThrottle of(String rate, CounterStore store) {
        return of(Rate.parse(rate), store, Clock.systemUTC());
    }

    /** Creates a throttle. */
    public static AnonThrottle of(Rate rate, CounterStore store, Clock clock) {
        return new AnonThrottle(new Bucket(SCOPE, rate, store, clock));
    }

    @Override
    public Admission admit(AuthRequest request, Authentication authentication) {
        return authentication.isAuthenticated() ? new Admission.Admitted() : bucket.admit(request, authentication);
    }
}
