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
 * Immutable and safe for use by several threads.
 */
public final class Place {

    private final Optional<List<AuthenticatorRecipe>> recipes;
    private final Optional<List<Permission>> permissions;
    private final Optional<List<Throttle>> throttles;

    private Place(
            Optional<List<AuthenticatorRecipe>> recipes,
            Optional<List<Permission>> permissions,
            Optional<List<Throttle>> throttles) {
        this.recipes = recipes;
        this.permissions = permissions;
        this.throttles = throttles;
    }

    static Place asDefault() {
        return new Place(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Returns this place with other authenticators.
     *
     * @param first is asked first, and names the challenge
     * @param others are asked next, in order
     * @return a new place
     * @throws IllegalStateException if it was said before
     */
    public Place authenticators(AuthenticatorRecipe first, AuthenticatorRecipe... others) {
        return withAuthenticators(Lists.of(first, others));
    }

    /**
     * Returns this place without authenticators: credentials are not read, and every caller is nobody.
     *
     * @return a new place
     * @throws IllegalStateException if it was said before
     */
    public Place withoutAuthenticators() {
        return withAuthenticators(List.of());
    }

    /**
     * Returns this place with other permissions.
     *
     * @param first is asked first
     * @param others must grant as well, in order
     * @return a new place
     * @throws IllegalStateException if it was said before
     */
    public Place permission(Permission first, Permission... others) {
        return new Place(recipes, Lists.once("permissions", permissions, Lists.of(first, others)), throttles);
    }

    /**
     * Returns this place with other throttles.
     *
     * @param first is asked
     * @param others are asked too
     * @return a new place
     * @throws IllegalStateException if it was said before
     */
    public Place throttles(Throttle first, Throttle... others) {
        return withThrottles(Lists.of(first, others));
    }

    /**
     * Returns this place without throttles.
     *
     * @return a new place
     * @throws IllegalStateException if it was said before
     */
    public Place withoutThrottles() {
        return withThrottles(List.of());
    }

    private Place withAuthenticators(List<AuthenticatorRecipe> named) {
        return new Place(Lists.once("authenticators", recipes, named), permissions, throttles);
    }

    private Place withThrottles(List<Throttle> named) {
        return new Place(recipes, permissions, Lists.once("throttles", throttles, named));
    }

    Optional<List<AuthenticatorRecipe>> recipes() {
        return recipes;
    }

    Optional<List<Permission>> permissions() {
        return permissions;
    }

    Optional<List<Throttle>> throttles() {
        return throttles;
    }
}
