package io.postern;

import io.postern.auth.Authenticator;
import io.postern.auth.Policy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes each authenticator once, however many policies name it. */
final class Kitchen {

    private final Parts parts;
    private final Map<AuthenticatorRecipe, Authenticator> made = new ConcurrentHashMap<>();

    Kitchen(Parts parts) {
        this.parts = parts;
    }

    List<Authenticator> cook(List<AuthenticatorRecipe> recipes) {
        return recipes.stream()
                .map(recipe -> made.computeIfAbsent(recipe, r -> r.make(parts)))
                .toList();
    }

    Policy policy(Place place, Policy byDefault) {
        return new Policy(
                place.recipes().map(this::cook).orElse(byDefault.authenticators()),
                place.permissions().orElse(byDefault.permissions()),
                place.throttles().orElse(byDefault.throttles()));
    }

    Parts parts() {
        return parts;
    }

    List<Authenticator> cooked() {
        return List.copyOf(made.values());
    }
}
