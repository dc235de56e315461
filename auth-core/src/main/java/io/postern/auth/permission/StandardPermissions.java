package io.postern.auth.permission;

import io.postern.auth.Permission;

/**
 * The permissions of DRF under their names, to be imported statically.
 *
 * <pre>{@code
 * .permissions(isAuthenticated())
 * .policy("/admin/*", place -> place.permissions(isAdmin()))
 * }</pre>
 *
 * All methods are safe for use by several threads.
 */
public final class StandardPermissions {

    private StandardPermissions() {}

    /**
     * Returns a permission that grants everybody (DRF's {@code AllowAny}). Bad credentials are refused all the same.
     *
     * @return the permission
     */
    public static Permission allowAny() {
        return new AllowAny();
    }

    /**
     * Returns a permission that refuses everybody, for places that are closed.
     *
     * @return the permission
     */
    public static Permission denyAll() {
        return new DenyAll();
    }

    /**
     * Returns a permission that grants whoever is logged in (DRF's {@code IsAuthenticated}).
     *
     * @return the permission
     */
    public static Permission isAuthenticated() {
        return new IsAuthenticated();
    }

    /**
     * Returns a permission that grants members of the staff (DRF's {@code IsAdminUser}).
     *
     * @return the permission
     */
    public static Permission isAdmin() {
        return new IsAdmin();
    }

    /**
     * Returns a permission that grants reading to everybody and the rest to whoever is logged in (DRF's {@code
     * IsAuthenticatedOrReadOnly}).
     *
     * @return the permission
     */
    public static Permission isAuthenticatedOrReadOnly() {
        return new IsAuthenticatedOrReadOnly();
    }

    /**
     * Returns a permission that grants GET, HEAD and OPTIONS to everybody.
     *
     * @return the permission
     */
    public static Permission isReadOnly() {
        return new IsReadOnly();
    }

    /**
     * Returns a permission that grants users who have one of the roles, compared exactly.
     *
     * @param roles the roles
     * @return the permission
     * @throws IllegalArgumentException if there is none, or one is named twice
     */
    public static Permission hasRole(String... roles) {
        return HasRole.of(roles);
    }

    /**
     * Returns a permission that asks for {@code <app>.add_<model>}, {@code change_} or {@code delete_} by method (DRF's
     * {@code DjangoModelPermissions}).
     *
     * @param app the application's label
     * @param model the model's name in lower case
     * @return the permission
     */
    public static ModelPermissions modelPermissions(String app, String model) {
        return ModelPermissions.of(app, model);
    }
}
