package io.postern.auth.throttle;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Throttle.Admission;
import java.time.Clock;
import java.util.Objects;
import java.util.regex.Pattern;

/** The counts of one scope, shared by all throttles of that scope and store (drf-contract TH-3). */
record Bucket(String scope, Rate rate, CounterStore store, Clock clock) {

    private static final Pattern SCOPE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    Bucket {
        Objects.requireNonNull(rate, "rate");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(clock, "clock");
        // A colon in a scope could make its keys equal those of another scope.
        if (!SCOPE.matcher(scope).matches()) {
            throw new IllegalArgumentException("\"" + scope
                    + "\" is not a scope; choose 1 to 64 of the letters a to z and A to Z, digits, '_', '.' and '-'");
        }
    }

    Bucket in(String otherScope) {
        return new Bucket(otherScope, rate, store, clock);
    }

    Admission admit(AuthRequest request, Authentication authentication) {
        return authentication.isAuthenticated()
                ? acquire("user:" + authentication.user().id())
                : acquire("address:" + request.remoteAddress());
    }

    private Admission acquire(String ident) {
        return store.tryAcquire("throttle_" + scope + "_" + ident, rate, clock.instant());
    }
}
