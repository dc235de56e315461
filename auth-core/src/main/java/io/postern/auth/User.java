package io.postern.auth;

import java.security.Principal;
import java.util.Set;

/**
 * A user account, as permissions and handlers see it.
 *
 * <p>Implement this on your own user class, or use {@code UserRecord}. Instances are read by several threads and should be
 * immutable; account changes take effect at the next look-up. A user never contains a password or a hash.
 *
 * <p>Mirrors the parts of Django's {@code User} that DRF reads.
 */
public interface User extends Principal {

    /**
     * Returns the id that tokens and sessions carry. It never changes and is never reassigned to another account; empty for
     * the anonymous user.
     */
    String id();

    /** Returns the login name; empty for the anonymous user. */
    String username();

    /** Returns whether the user is authenticated: true for all but {@link #anonymous()}. */
    default boolean isAuthenticated() {
        return true;
    }

    /** Returns whether the account is active; deactivated accounts cannot authenticate. */
    default boolean isActive() {
        return true;
    }

    /** Returns whether the user is staff, which {@code isAdmin()} requires. */
    default boolean isStaff() {
        return false;
    }

    /** Returns whether the user has every permission implicitly. */
    default boolean isSuperuser() {
        return false;
    }

    /** Returns the permission codes of the user, for instance {@code app.change_note}. */
    default Set<String> permissions() {
        return Set.of();
    }

    /** Returns the roles (Django's groups), compared exactly, also by the servlet API's {@code isUserInRole}. */
    default Set<String> roles() {
        return Set.of();
    }

    /** Returns whether an active user has a permission, explicitly or as superuser. */
    default boolean hasPermission(String code) {
        return isActive() && (isSuperuser() || permissions().contains(code));
    }

    /**
     * Returns whether the user has a permission on one object. Like Django's default backend, this grants active superusers
     * only; override it for object permissions (drf-contract PM-9).
     */
    default boolean hasPermission(String code, Object object) {
        return isActive() && isSuperuser();
    }

    /** Returns the name of the principal, which the servlet API's {@code getRemoteUser} returns too: the username by default. */
    @Override
    default String getName() {
        return username();
    }

    /** Returns the anonymous user: not authenticated, not active, with empty id and name (drf-contract WALK-11). */
    static User anonymous() {
        return AnonymousUser.INSTANCE;
    }
}
