package io.postern;

import io.postern.auth.Permission;
import io.postern.auth.Throttle;
import java.util.List;
import java.util.Optional;

/**
 * What is said of one place of the application; what is not said, the default policy says.
 *
 * <pre>{@code
 * .policy("/admin/*", place -> place.permission(isAdmin()))
 * }</pre>
 *
 * Immutable.
 *
 * @param authenticators the authenticators, if other than the default ones
 * @param permissions the permissions, if other than the default ones
 * @param throttles the throttles, if other than the default ones
 */
public record Place(
        Optional<List<AuthenticatorRecipe>> authenticators,
        Optional<List<Permission>> permissions,
        Optional<List<Throttle>> throttles) {

    /** Copies the lists. */
    public Place {
        authenticators = authenticators.map(List::copyOf);
        permissions = permissions.map(List::copyOf);
        throttles = throttles.map(List::copyOf);
    }

    static Place asDefault() {
        return new Place(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Returns this place with other authenticators.
     *
     * @param recipes in the order in which they are asked; none at all makes every caller nobody
     * @return a new place
     */
    public Place authenticators(AuthenticatorRecipe... recipes) {
        return new Place(Optional.of(List.of(recipes)), permissions, throttles);
    }

    /**
     * Returns this place with other permissions.
     *
     * @param all all must grant, in this order
     * @return a new place
     */
    public Place permission(Permission... all) {
        return new Place(authenticators, Optional.of(List.of(all)), throttles);
    }

    /**
     * Returns this place with other throttles.
     *
     * @param all all are asked; none at all for no limit
     * @return a new place
     */
    public Place throttles(Throttle... all) {
        return new Place(authenticators, permissions, Optional.of(List.of(all)));
    }
}
