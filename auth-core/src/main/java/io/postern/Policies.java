package io.postern;

import io.postern.AuthenticatorFactory.Components;
import io.postern.Postern.PolicySpec;
import io.postern.auth.Authenticator;
import io.postern.auth.Permission;
import io.postern.auth.Policy;
import io.postern.auth.Throttle;
import io.postern.auth.jwt.JwtAuthenticator;
import io.postern.auth.throttle.StandardThrottles;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Creates policies. Authenticators that are configured at start-up are created once and shared by all policies; those of
 * policies that are created later are not retained, so that such policies can be garbage collected.
 */
final class Policies {

    private final Components components;
    private final Map<Policy.AuthenticatorSource, Authenticator> shared = new LinkedHashMap<>();

    /** By the authenticators of start-up, since a forward compares authenticators by identity. */
    private final IdentityHashMap<Authenticator, JwtAuthenticator> cookiesBesideHeaders = new IdentityHashMap<>();

    Policies(Components components) {
        this.components = components;
    }

    /** Called at start-up only, by one thread. */
    Policy createShared(PolicySpec spec, Policy base) {
        List<Policy.AuthenticatorSource> sources = spec.authenticators();
        if (sources != null) {
            sources.forEach(source -> shared.computeIfAbsent(source, this::authenticator));
            shared.values().forEach(this::addCookieBesideHeader);
        }
        return create(spec, base);
    }

    Policy create(PolicySpec spec, Policy base) {
        List<Policy.AuthenticatorSource> authenticators = spec.authenticators();
        List<Permission> permissions = spec.permissions();
        if (authenticators != null) {
            requireDistinctSchemes(authenticators);
        }
        List<Policy.ThrottleSource> throttles = spec.throttles();
        return base.toBuilder()
                .authenticators(authenticators == null ? base.authenticators() : authenticators(authenticators))
                .permissions(permissions == null ? base.permissions() : permissions)
                .throttles(throttles == null ? base.throttles() : throttles(throttles))
                .build();
    }

    /** The first of two that read one scheme would reject the credentials of the other. */
    private void requireDistinctSchemes(List<Policy.AuthenticatorSource> sources) {
        JwtService jwt = components.jwtService();
        if (jwt == null || sources.stream().noneMatch(StandardAuthenticators::isJwt)) {
            return;
        }
        String scheme = jwt.settings().challenge().scheme();
        if (sources.stream().anyMatch(source -> StandardAuthenticators.isToken(source, scheme))) {
            throw new IllegalStateException(
                    "token(\"" + scheme + "\") and jwt() of one policy both read Authorization: "
                            + scheme
                            + ", and the first rejects the credentials of the other: use token(), whose scheme is Token, "
                            + "another keyword, or a policy of its own for each");
        }
    }

    List<Throttle> throttles(List<Policy.ThrottleSource> sources) {
        return sources.stream().map(this::throttle).toList();
    }

    Components components() {
        return components;
    }

    /** Returns the authenticators of start-up in the order in which they were configured. */
    List<Authenticator> authenticators() {
        return List.copyOf(shared.values());
    }

    private void addCookieBesideHeader(Authenticator authenticator) {
        if (authenticator instanceof JwtAuthenticator jwt && !cookiesBesideHeaders.containsKey(jwt)) {
            jwt.besideForeignHeader().ifPresent(cookie -> cookiesBesideHeaders.put(jwt, cookie));
        }
    }

    /** Returns the authenticators, and after them those that read a cookie beside a header that none of them recognises. */
    private List<Authenticator> authenticators(List<Policy.AuthenticatorSource> sources) {
        List<Authenticator> all = new ArrayList<>();
        for (Policy.AuthenticatorSource source : sources) {
            Authenticator known = shared.get(source);
            all.add(known == null ? authenticator(source) : known);
        }
        List<JwtAuthenticator> cookies = new ArrayList<>();
        for (Authenticator authenticator : all) {
            JwtAuthenticator known = cookiesBesideHeaders.get(authenticator);
            if (known != null) {
                cookies.add(known);
            } else if (authenticator instanceof JwtAuthenticator jwt) {
                jwt.besideForeignHeader().ifPresent(cookies::add);
            }
        }
        all.addAll(cookies);
        return all;
    }

    private Authenticator authenticator(Policy.AuthenticatorSource source) {
        if (source instanceof Authenticator authenticator) {
            return authenticator;
        }
        if (source instanceof AuthenticatorFactory factory) {
            return factory.create(components);
        }
        throw unknown(source, "an Authenticator or an AuthenticatorFactory");
    }

    private Throttle throttle(Policy.ThrottleSource source) {
        if (source instanceof Throttle throttle) {
            return throttle;
        }
        if (source instanceof StandardThrottles.Limit limit) {
            return limit.in(components.counters(), components.clock());
        }
        throw unknown(source, "a Throttle or a factory of StandardThrottles");
    }

    private static IllegalArgumentException unknown(Object source, String expected) {
        return new IllegalArgumentException(source.getClass().getName() + " is not " + expected);
    }
}
