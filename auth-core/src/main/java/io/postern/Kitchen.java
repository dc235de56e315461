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
final class Kitchen {

    private final Parts parts;
    private final Map<AuthenticatorRecipe, Authenticator> made = new LinkedHashMap<>();

    Kitchen(Parts parts) {
        this.parts = parts;
    }

    /** For the start, before other threads come. */
    Policy kept(Place place, Policy byDefault) {
        place.recipes()
                .ifPresent(recipes -> recipes.forEach(recipe -> made.computeIfAbsent(recipe, r -> r.make(parts))));
        return policy(place, byDefault);
    }

    Policy policy(Place place, Policy byDefault) {
        return new Policy(
                place.recipes().map(this::cooked).orElse(byDefault.authenticators()),
                place.permissions().orElse(byDefault.permissions()),
                place.throttles().orElse(byDefault.throttles()));
    }

    Parts parts() {
        return parts;
    }

    /** Those of the start, in the order in which they were named. */
    List<Authenticator> authenticators() {
        return List.copyOf(made.values());
    }

    private List<Authenticator> cooked(List<AuthenticatorRecipe> recipes) {
        return recipes.stream()
                .map(recipe -> made.containsKey(recipe) ? made.get(recipe) : recipe.make(parts))
                .toList();
    }
}
