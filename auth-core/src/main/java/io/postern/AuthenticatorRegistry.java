package io.postern;

import io.postern.auth.Authenticator;
import io.postern.auth.Policy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes each authenticator that is named at the start once, however many policies name it. What is named later is made for
 * its policy alone and not kept, so that policies made on the way cost nothing when they are gone.
 */
final class AuthenticatorRegistry {

    private final Components parts;
    private final Map<AuthenticatorFactory, Authenticator> made = new LinkedHashMap<>();

    AuthenticatorRegistry(Components parts) {
        this.parts = parts;
    }

    /** For the start, before other threads come. */
    Policy kept(PolicySpec place, Policy byDefault) {
        place.factories()
                .ifPresent(
                        factories -> factories.forEach(factory -> made.computeIfAbsent(factory, r -> r.create(parts))));
        return policy(place, byDefault);
    }

    Policy policy(PolicySpec place, Policy byDefault) {
        return new Policy(
                place.factories().map(this::created).orElse(byDefault.authenticators()),
                place.permissions().orElse(byDefault.permissions()),
                place.throttles().orElse(byDefault.throttles()));
    }

    Components parts() {
        return parts;
    }

    /** Those of the start, in the order in which they were named. */
    List<Authenticator> authenticators() {
        return List.copyOf(made.values());
    }

    private List<Authenticator> created(List<AuthenticatorFactory> factories) {
        return factories.stream()
                .map(factory -> made.containsKey(factory) ? made.get(factory) : factory.create(parts))
                .toList();
    }
}
