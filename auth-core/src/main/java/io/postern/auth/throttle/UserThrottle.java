package io.postern.auth.throttle;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Throttle;
import java.time.Clock;

/**
 * Limits every caller: users by their id, anonymous callers by the client's address.
 *
 * <p>Throttles with the same scope and store share their count. Two limits at once, or a limit for a part of the
 * application, need scopes of their own:
 *
 * <pre>{@code
 * Throttle burst = UserThrottle.of("60/min", store).withScope("burst");
 * Throttle sustained = UserThrottle.of("1000/day", store).withScope("sustained");
 * Throttle uploads = UserThrottle.of("20/day", store).withScope("uploads");
 * }</pre>
 *
 * Mirrors DRF's {@code UserRateThrottle} and, with {@link #withScope}, {@code ScopedRateThrottle} (drf-contract TH-4). Safe
 * for use by several threads.
 *
 * <p><b>Security.</b> Behind a proxy every client has the proxy's address, until {@code Proxies} names the proxy.
 */
public final class UserThrottle implements Throttle {

    private static final String SCOPE = "user";

    private final Bucket bucket;

    private UserThrottle(Bucket bucket) {
        this.bucket = bucket;
    }

    /**
     * Creates a throttle on the system's clock.
     *
     * @param rate the limit, as {@link Rate#parse} reads it
     * @throws IllegalArgumentException if the rate is malformed
     */
    public static UserThrottle of(String rate, CounterStore store) {
        return of(Rate.parse(rate), store, Clock.systemUTC());
    }

    /** Creates a throttle. */
    public static UserThrottle of(Rate rate, CounterStore store, Clock clock) {
        return new UserThrottle(new Bucket(SCOPE, rate, store, clock));
    }

    /**
     * Returns a throttle that counts apart from other scopes (DRF's {@code throttle_scope}).
     *
     * @param scope the name of the count, {@code user} by default
     * @throws IllegalArgumentException if the name has other characters than letters, digits, {@code _}, {@code .} and
     *     {@code -}
     */
    public UserThrottle withScope(String scope) {
        return new UserThrottle(bucket.in(scope));
    }

    @Override
    public Admission admit(AuthRequest request, Authentication authentication) {
        return bucket.admit(request, authentication);
    }
}
