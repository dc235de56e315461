package io.postern;

import io.postern.auth.Policy;
import io.postern.auth.Throttle;
import io.postern.auth.throttle.AnonThrottle;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.throttle.Rate;
import io.postern.auth.throttle.UserThrottle;
import java.time.Clock;

/**
 * Factories of the standard throttles, for static import. They count in the store of {@code .counters(…)}.
 *
 * <pre>{@code
 * .counters(new InMemoryCounterStore())
 * .throttles(anon("100/day"), user("1000/day"))
 * }</pre>
 *
 * <p>Two limits for the same callers need two scopes: {@code scoped("burst", "60/min"), scoped("sustained", "1000/day")}.
 * All methods are safe for use by several threads.
 */
public final class StandardThrottles {

    private StandardThrottles() {}

    /**
     * Returns a limit for anonymous callers, by client address (DRF's {@code AnonRateThrottle}).
     *
     * @param rate as read by {@link Rate#parse}
     * @throws IllegalArgumentException if it is not a rate
     */
    public static Policy.ThrottleSource anon(String rate) {
        return new Anon(Rate.parse(rate));
    }

    /**
     * Returns a limit for every caller, by user or else by client address (DRF's {@code UserRateThrottle}).
     *
     * @param rate as read by {@link Rate#parse}
     * @throws IllegalArgumentException if it is not a rate
     */
    public static Policy.ThrottleSource user(String rate) {
        return new User(Rate.parse(rate));
    }

    /**
     * Returns a limit for every caller that is counted under a name of its own (DRF's {@code ScopedRateThrottle}).
     *
     * @param scope the name; throttles of the same name count together
     * @param rate as read by {@link Rate#parse}
     * @throws IllegalArgumentException if it is not a rate
     */
    public static Policy.ThrottleSource scoped(String scope, String rate) {
        return new Scoped(scope, Rate.parse(rate));
    }

    /** Creates a throttle once the store of the counters is known. */
    interface Factory extends Policy.ThrottleSource {

        Throttle create(CounterStore counters, Clock clock);
    }

    private record Anon(Rate rate) implements Factory {
        @Override
        public Throttle create(CounterStore counters, Clock clock) {
            return AnonThrottle.of(rate, counters, clock);
        }
    }

    private record User(Rate rate) implements Factory {
        @Override
        public Throttle create(CounterStore counters, Clock clock) {
            return UserThrottle.of(rate, counters, clock);
        }
    }

    private record Scoped(String scope, Rate rate) implements Factory {
        @Override
        public Throttle create(CounterStore counters, Clock clock) {
            return UserThrottle.of(rate, counters, clock).withScope(scope);
        }
    }
}
