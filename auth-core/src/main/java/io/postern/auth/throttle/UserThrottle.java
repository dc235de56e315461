package io.postern.auth.throttle;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Throttle;
import java.time.Clock;

/**
 * Limits every caller: a user by the id, nobody by the client's address.
 *
 * <p>Two limits at once need two scopes:
 *
 * <pre>{@code
 * Throttle burst = UserThrottle.of("60/min", store).withScope("burst");
 * Throttle sustained = UserThrottle.of("1000/day", store).withScope("sustained");
 * }</pre>
 *
 * Mirrors DRF's {@code UserRateThrottle} (drf-contract TH-4). Safe for use by several threads.
 *
 * <p><b>Security.</b> Behind a proxy every client has the proxy's address until {@code Proxies} says whom to believe.
 */
public final class UserThrottle implements Throttle {

    private static final String SCOPE = "user";

    private final Bucket bucket;

    private UserThrottle(Bucket bucket) {
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
    public static UserThrottle of(String rate, CounterStore store) {
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
    public static UserThrottle of(Rate rate, CounterStore store, Clock clock) {
        return new UserThrottle(new Bucket(SCOPE, rate, store, clock));
    }

    /**
     * Returns a throttle that counts apart from those of other scopes.
     *
     * @param scope the name of the count, {@code user} unless changed
     * @return the new throttle
     * @throws IllegalArgumentException if the name holds more than letters, digits, {@code _}, {@code .} and {@code -}
     */
    public UserThrottle withScope(String scope) {
        return new UserThrottle(bucket.in(scope));
    }

    @Override
    public Admission admit(AuthRequest request, Authentication authentication) {
        return bucket.admit(request, authentication);
    }
}
