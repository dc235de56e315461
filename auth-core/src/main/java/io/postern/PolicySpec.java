package io.postern;

import io.postern.auth.Permission;
import io.postern.auth.Policy;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes a policy; parts that are omitted are taken from the policy that it is based on, usually the default one.
 *
 * <pre>{@code
 * .policy("/reports/*", policy -> policy.authenticators(basic()).permissions(hasRole("auditor")))
 * }</pre>
 *
 * <p>A part that is named replaces that part of the base. Several calls for one part add up; {@code without…()} removes
 * what was added before. An element that is equal to one in the list is not added again. Immutable and safe for use by
 * several threads.
 */
public final class PolicySpec {

    static final PolicySpec EMPTY = new PolicySpec(null, null, null);

    private final @Nullable List<Policy.AuthenticatorSource> authenticators;
    private final @Nullable List<Permission> permissions;
    private final @Nullable List<Policy.ThrottleSource> throttles;

    private PolicySpec(
            @Nullable List<Policy.AuthenticatorSource> authenticators,
            @Nullable List<Permission> permissions,
            @Nullable List<Policy.ThrottleSource> throttles) {
        this.authenticators = authenticators;
        this.permissions = permissions;
        this.throttles = throttles;
    }

    /**
     * Returns a copy with further authenticators.
     *
     * @param first an {@code Authenticator} or a factory; the first of all writes the challenge
     * @param others tried next, in order
     */
    public PolicySpec authenticators(Policy.AuthenticatorSource first, Policy.AuthenticatorSource... others) {
        return new PolicySpec(added(authenticators, first, others), permissions, throttles);
    }

    /** Returns a copy without authenticators: credentials are not read, and every caller is anonymous. */
    public PolicySpec withoutAuthenticators() {
        return new PolicySpec(List.of(), permissions, throttles);
    }

    /**
     * Returns a copy with further permissions, all of which must grant.
     *
     * @param first evaluated first
     * @param others evaluated next, in order
     */
    public PolicySpec permissions(Permission first, Permission... others) {
        return new PolicySpec(authenticators, added(permissions, first, others), throttles);
    }

    /** Returns a copy without the permissions added so far; at least one has to be added afterwards. */
    public PolicySpec withoutPermissions() {
        return new PolicySpec(authenticators, List.of(), throttles);
    }

    /**
     * Returns a copy with further throttles, all of which are consulted.
     *
     * @param first a {@code Throttle} or a factory of {@link StandardThrottles}
     * @param others consulted too
     */
    public PolicySpec throttles(Policy.ThrottleSource first, Policy.ThrottleSource... others) {
        return new PolicySpec(authenticators, permissions, added(throttles, first, others));
    }

    /** Returns a copy without throttles. */
    public PolicySpec withoutThrottles() {
        return new PolicySpec(authenticators, permissions, List.of());
    }

    @Nullable
    List<Policy.AuthenticatorSource> authenticators() {
        return authenticators;
    }

    @Nullable
    List<Permission> permissions() {
        return permissions;
    }

    @Nullable
    List<Policy.ThrottleSource> throttles() {
        return throttles;
    }

    /** Adds elements to a list that has none twice. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    static <T> List<T> added(@Nullable List<T> before, T first, T... others) {
        Set<T> all = new LinkedHashSet<>(before == null ? List.of() : before);
        all.add(first);
        Collections.addAll(all, others);
        all.forEach(each -> Objects.requireNonNull(each, "an element of the list is null"));
        return List.copyOf(all);
    }
}
