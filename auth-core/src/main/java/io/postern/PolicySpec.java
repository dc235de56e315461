package io.postern;

import io.postern.auth.Permission;
import io.postern.auth.Throttle;
import java.util.List;
import java.util.Optional;

/**
 * What is said of one place of the application; what is not said, the default policy says.
 *
 * <pre>{@code
 * .policy("/admin/*", place -> place.permissions(isAdmin()))
 * }</pre>
 *
 * Immutable and safe for use by several threads.
 */
public final class PolicySpec {

    private final Optional<List<AuthenticatorFactory>> factories;
    private final Optional<List<Permission>> permissions;
    private final Optional<List<Throttle>> throttles;

    private PolicySpec(
            Optional<List<AuthenticatorFactory>> factories,
            Optional<List<Permission>> permissions,
            Optional<List<Throttle>> throttles) {
        this.factories = factories;
        this.permissions = permissions;
        this.throttles = throttles;
    }

    static PolicySpec asDefault() {
        return new PolicySpec(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Returns this place with other authenticators.
     *
     * @param first is asked first, and names the challenge
     * @param others are asked next, in order
     * @return a new place
     * @throws IllegalStateException if it was said before
     */
    public PolicySpec authenticators(AuthenticatorFactory first, AuthenticatorFactory... others) {
        return withAuthenticators(Lists.of(first, others));
    }

    /**
     * Returns this place without authenticators: credentials are not read, and every caller is nobody.
     *
     * @return a new place
     * @throws IllegalStateException if it was said before
     */
    public PolicySpec withoutAuthenticators() {
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
    public PolicySpec permissions(Permission first, Permission... others) {
        return new PolicySpec(factories, Lists.once("permissions", permissions, Lists.of(first, others)), throttles);
    }

    /**
     * Returns this place with other throttles.
     *
     * @param first is asked
     * @param others are asked too
     * @return a new place
     * @throws IllegalStateException if it was said before
     */
    public PolicySpec throttles(Throttle first, Throttle... others) {
        return withThrottles(Lists.of(first, others));
    }

    /**
     * Returns this place without throttles.
     *
     * @return a new place
     * @throws IllegalStateException if it was said before
     */
    public PolicySpec withoutThrottles() {
        return withThrottles(List.of());
    }

    private PolicySpec withAuthenticators(List<AuthenticatorFactory> named) {
        return new PolicySpec(Lists.once("authenticators", factories, named), permissions, throttles);
    }

    private PolicySpec withThrottles(List<Throttle> named) {
        return new PolicySpec(factories, permissions, Lists.once("throttles", throttles, named));
    }

    Optional<List<AuthenticatorFactory>> factories() {
        return factories;
    }

    Optional<List<Permission>> permissions() {
        return permissions;
    }

    Optional<List<Throttle>> throttles() {
        return throttles;
    }
}
