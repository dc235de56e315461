package io.postern.auth.throttle;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Throttle;
import io.postern.auth.internal.IpAddress;
import java.time.Clock;
import java.util.Objects;

/**
 * Counts users by their id and anonymous callers by the client's address (drf-contract TH-3). A record, because a request
 * that is forwarded must not be counted by an equal throttle of another policy.
 */
record RateThrottle(StandardThrottles.Limit limit, CounterStore store, Clock clock) implements Throttle {

    RateThrottle {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(clock, "clock");
    }

    @Override
    public Admission admit(AuthRequest request, Authentication authentication) {
        if (!authentication.isAuthenticated()) {
            return acquire("address:" + addressOf(request));
        }
        return limit.onlyAnonymous()
                ? new Admission.Admitted()
                : acquire("user:" + authentication.user().id());
    }

    /** A host has a whole network of IPv6 addresses, so the network is counted. */
    private String addressOf(AuthRequest request) {
        return IpAddress.parse(request.remoteAddress())
                .map(address -> address.isIpv6() ? address.network(limit.ipv6Prefix()) : address.toString())
                .orElseGet(request::remoteAddress);
    }

    private Admission acquire(String ident) {
        return store.tryAcquire("throttle_" + limit.scope() + "_" + ident, limit.rate(), clock.instant());
    }
}
