package io.postern.samples;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.proxy.Proxies;
import io.postern.auth.throttle.AnonThrottle;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.throttle.InMemoryCounterStore;
import io.postern.auth.throttle.UserThrottle;
import io.postern.auth.user.UserStore;
import java.util.Set;

/** The samples of {@code throttle.md}. */
final class ThrottleSamples {

    private ThrottleSamples() {}

    static Postern throttled(UserStore users) {
        // sample: throttles
        CounterStore counters = new InMemoryCounterStore();
        Postern postern = Postern.builder()
                .users(users)
                .authenticators(basic())
                .permissions(isAuthenticated())
                .throttles(AnonThrottle.of("20/min", counters), UserThrottle.of("1000/day", counters))
                .policy(
                        "/uploads/*",
                        place -> place.throttles(
                                UserThrottle.of("20/hour", counters).withScope("uploads")))
                .build();
        // end
        return postern;
    }

    static Postern burst(UserStore users, CounterStore counters) {
        PosternBuilder builder =
                Postern.builder().users(users).authenticators(basic()).permissions(isAuthenticated());
        // sample: two-limits
        builder.throttles(
                UserThrottle.of("60/min", counters).withScope("burst"),
                UserThrottle.of("1000/day", counters).withScope("sustained"));
        // end
        return builder.build();
    }

    static PosternBuilder endpoints(PosternBuilder builder, CounterStore counters) {
        // sample: endpoint-throttles
        builder.endpointThrottles(UserThrottle.of("20/min", counters).withScope("logins"));
        // end
        return builder;
    }

    static Postern behindProxies(PosternBuilder builder) {
        // sample: proxies
        builder.proxies(Proxies.trusted(Set.of("10.0.0.5", "10.0.0.6")).withSecureHeader("X-Forwarded-Proto", "https"));
        // end
        return builder.build();
    }
}
