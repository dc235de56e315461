package io.postern.auth.permission;

import io.postern.auth.Permission;

/**
 * The standard permissions, for static import.
 *
 * <pre>{@code
 * .permissions(isAuthenticated())
 * .policy("/admin/*", isAdmin())
 * }</pre>
 *
 * Thread-safe.
 */
public final class StandardPermissions {

    private StandardPermissions() {}

    /** Grants every request (DRF's {@code AllowAny}). Bad credentials are rejected all the same. */
    public static Permission allowAny() {
        return new AllowAny();
    }

    /** Denies every request. */
    public static Permission denyAll() {
        return new DenyAll();
    }

    /** Grants authenticated users (DRF's {@code IsAuthenticated}). */
    public static Permission isAuthenticated() {
        return new IsAuthenticated();
    }

    /** Grants staff users (DRF's {@code IsAdminUser}). */
    public static Permission isAdmin() {
        return new IsAdmin();
    }

    /** Grants safe methods to everyone and other methods to authenticated users (DRF's {@code IsAuthenticatedOrReadOnly}). */
    public static Permission isAuthenticatedOrReadOnly() {
        return new IsAuthenticatedOrReadOnly();
    }

    /** Grants GET, HEAD and OPTIONS to everyone (DRF's {@code SAFE_METHODS}). */
    public static Permission isReadOnly() {
        return new IsReadOnly();
    }

    /**
     * Grants users who have one of the roles, compared exactly.
     *
     * @throws IllegalArgumentException without a role, with a blank one, or if one appears twice
     */
    public static Permission hasRole(String... roles) {
        return HasRole.of(roles);
    }

    /**
     * Requires {@code <app>.add_<model>}, {@code change_} or {@code delete_} by method (DRF's {@code
     * DjangoModelPermissions}).
     *
     * @param app the application label
     * @param model the model name in lower case
     */
    public static ModelPermissions modelPermissions(String app, String model) {
        return ModelPermissions.of(app, model);
    }
}
