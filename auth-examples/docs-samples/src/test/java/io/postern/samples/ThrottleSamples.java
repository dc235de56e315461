package io.postern.samples;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static io.postern.auth.throttle.StandardThrottles.anon;
import static io.postern.auth.throttle.StandardThrottles.scoped;
import static io.postern.auth.throttle.StandardThrottles.user;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.proxy.Proxies;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.user.UserStore;
import java.util.Set;

/** The samples of {@code throttle.md}. */
final class ThrottleSamples {

    private ThrottleSamples() {}

    static Postern throttled(UserStore users) {
        // sample: throttles
        Postern postern = Postern.builder()
                .users(users)
                .counters(new InMemoryStores().counters())
                .authenticators(basic())
                .permissions(isAuthenticated())
                .throttles(anon("20/min"), user("1000/day"))
                .policy("/uploads/*", policy -> policy.throttles(scoped("uploads", "20/hour")))
                .build();
        // end
        return postern;
    }

    static Postern burst(UserStore users, CounterStore counters) {
        PosternBuilder builder = Postern.builder()
                .users(users)
                .counters(counters)
                .authenticators(basic())
                .permissions(isAuthenticated());
        // sample: two-limits
        builder.throttles(scoped("burst", "60/min"), scoped("sustained", "1000/day"));
        // end
        return builder.build();
    }

    static PosternBuilder endpoints(PosternBuilder builder, CounterStore counters) {
        // sample: endpoint-throttles
        builder.counters(counters).endpointThrottles(scoped("logins", "20/min"));
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
