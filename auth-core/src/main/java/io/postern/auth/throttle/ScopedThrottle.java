package io.postern.auth.throttle;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Throttle;
import java.time.Clock;

/**
 * Limits what callers do in one part of the application: a user by the id, nobody by the client's address.
 *
 * <pre>{@code
 * Throttle throttle = ScopedThrottle.of("uploads", "20/day", new InMemoryCounterStore());
 * }</pre>
 *
 * Mirrors DRF's {@code ScopedRateThrottle}; the view's {@code throttle_scope} is named here (drf-contract TH-4). Safe for
 * use by several threads.
 *
 * <p><b>Security.</b> Behind a proxy every client has the proxy's address until {@code Proxies} says whom to believe.
 */
public final class ScopedThrottle implements Throttle {

    private final Bucket bucket;

    private ScopedThrottle(Bucket bucket) {
        this.bucket = bucket;
    }

    /**
     * Creates one on the system's clock.
     *
     * @param scope the name of the count; all throttles of that name and store count together
     * @param rate the limit, as {@link Rate#parse} reads it
     * @param store where to count
     * @return the throttle
     * @throws IllegalArgumentException if the text is no rate, or the name holds more than letters, digits, {@code _},
     *     {@code .} and {@code -}
     */
    public static ScopedThrottle of(String scope, String rate, CounterStore store) {
        return of(scope, Rate.parse(rate), store, Clock.systemUTC());
    }

    /**
     * Creates one.
     *
     * @param scope the name of the count; all throttles of that name and store count together
     * @param rate the limit
     * @param store where to count
     * @param clock what time it is
     * @return the throttle
     * @throws IllegalArgumentException if the name holds more than letters, digits, {@code _}, {@code .} and {@code -}
     */
    public static ScopedThrottle of(String scope, Rate rate, CounterStore store, Clock clock) {
        return new ScopedThrottle(new Bucket(scope, rate, store, clock));
    }

    @Override
    public Admission admit(AuthRequest request, Authentication authentication) {
        return bucket.admit(request, authentication);
    }
}
