package io.postern.auth.throttle;

import io.postern.auth.Policy;
import io.postern.auth.Throttle;
import java.time.Clock;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The standard throttles, for static import. They count in the store of {@code .counters(…)}.
 *
 * <pre>{@code
 * .counters(counters)
 * .throttles(anon("100/day"), user("1000/day"))
 * }</pre>
 *
 * <p>Throttles of the same scope and store share their count. Two limits for the same callers need two scopes: {@code
 * scoped("burst", "60/min"), scoped("sustained", "1000/day")}. All methods are safe for use by several threads.
 *
 * <p><b>Security.</b> Behind a proxy every client has the proxy's address, until {@code Proxies} names the proxy.
 */
public final class StandardThrottles {

    private static final int DEFAULT_PREFIX = 64;

    private StandardThrottles() {}

    /**
     * Returns a limit for anonymous callers, by client address; authenticated ones pass (DRF's {@code AnonRateThrottle},
     * drf-contract TH-4).
     *
     * @param rate as read by {@link Rate#parse}
     * @throws IllegalArgumentException if it is not a rate
     */
    public static Limit anon(String rate) {
        return new Limit("anon", Rate.parse(rate), true, DEFAULT_PREFIX);
    }

    /**
     * Returns a limit for every caller, by user or else by client address (DRF's {@code UserRateThrottle}, drf-contract
     * TH-4).
     *
     * @param rate as read by {@link Rate#parse}
     * @throws IllegalArgumentException if it is not a rate
     */
    public static Limit user(String rate) {
        return scoped("user", rate);
    }

    /**
     * Returns a limit for every caller that is counted under a name of its own (DRF's {@code ScopedRateThrottle}).
     *
     * @param scope the name; throttles of the same name count together
     * @param rate as read by {@link Rate#parse}
     * @throws IllegalArgumentException if it is not a rate, or the scope has other characters than letters, digits, {@code
     *     _}, {@code .} and {@code -}
     */
    public static Limit scoped(String scope, String rate) {
        return new Limit(scope, Rate.parse(rate), false, DEFAULT_PREFIX);
    }

    /**
     * A throttle without a store, which the builder adds. Immutable.
     *
     * @param scope the name under which requests are counted
     * @param rate the limit
     * @param onlyAnonymous whether authenticated callers pass without being counted
     * @param ipv6Prefix the number of bits of an IPv6 address that are counted together; 64 by default, the network of one
     *     host
     */
    public record Limit(String scope, Rate rate, boolean onlyAnonymous, int ipv6Prefix)
            implements Policy.ThrottleSource {

        private static final Pattern SCOPE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

        /**
         * Validates the components.
         *
         * @throws IllegalArgumentException if the scope is malformed or the prefix not from 1 to 128
         */
        public Limit {
            Objects.requireNonNull(rate, "rate");
            // A colon in a scope could make its keys equal those of another scope.
            if (!SCOPE.matcher(scope).matches()) {
                throw new IllegalArgumentException(
                        "\"" + scope
                                + "\" is not a scope; choose 1 to 64 of the letters a to z and A to Z, digits, '_', '.' and '-'");
            }
            if (ipv6Prefix < 1 || ipv6Prefix > 128) {
                throw new IllegalArgumentException(
                        "the prefix of IPv6 addresses is " + ipv6Prefix + "; choose 1 to 128");
            }
        }

        /**
         * Returns a copy that counts IPv6 addresses by another prefix.
         *
         * @param bits 64 by default; 56 or 48 for the networks of customers, 128 for each address
         * @throws IllegalArgumentException if it is not from 1 to 128
         */
        public Limit withIpv6Prefix(int bits) {
            return new Limit(scope, rate, onlyAnonymous, bits);
        }

        /** Returns the throttle that counts in a store, on the system's clock. */
        public Throttle in(CounterStore store) {
            return in(store, Clock.systemUTC());
        }

        /** Returns the throttle that counts in a store. */
        public Throttle in(CounterStore store, Clock clock) {
            return new RateThrottle(this, store, clock);
        }
    }
}
