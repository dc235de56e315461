package io.postern.auth;

import java.security.Principal;
import java.util.Set;

/**
 * Somebody who can be logged in.
 *
 * <p>Implement this on your own user class, or use {@code UserRecord}. Instances are read by several threads and should
 * not change; a change of the account shows at the next look-up. Never holds a password or a hash.
 *
 * <p>Mirrors the parts of Django's {@code User} that DRF reads.
 */
public interface User extends Principal {

    /**
     * Returns the id that tokens and sessions carry; it never changes and is never given to somebody else.
     *
     * @return the id; empty for nobody
     */
    String id();

    /**
     * Returns the name to log in with.
     *
     * @return the name; empty for nobody
     */
    String username();

    /**
     * Tells a user from nobody.
     *
     * @return true unless this is {@link #anonymous()}
     */
    default boolean isAuthenticated() {
        return true;
    }

    /**
     * Tells whether the account may be used at all.
     *
     * @return false for a deactivated account
     */
    default boolean isActive() {
        return true;
    }

    /**
     * Tells whether this is a member of the staff, which is what {@code isAdmin()} asks for.
     *
     * @return true for staff
     */
    default boolean isStaff() {
        return false;
    }

    /**
     * Tells whether every permission is granted without being listed.
     *
     * @return true for superusers
     */
    default boolean isSuperuser() {
        return false;
    }

    /**
     * Returns the codes of the permissions held, for instance {@code app.change_note}.
     *
     * @return the codes
     */
    default Set<String> permissions() {
        return Set.of();
    }

    /**
     * Returns the roles held (Django's groups), compared exactly; the servlet's {@code isUserInRole} asks for them.
     *
     * @return the roles
     */
    default Set<String> roles() {
        return Set.of();
    }

    /**
     * Tells whether a permission is held.
     *
     * @param code the permission's code
     * @return true for active users who hold it and for active superusers
     */
    default boolean hasPermission(String code) {
        return isActive() && (isSuperuser() || permissions().contains(code));
    }

    /**
     * Tells whether a permission is held on one object. As Django's default backend, this grants nothing but to
     * superusers; override it to have permissions on objects (drf-contract PM-9).
     *
     * @param code the permission's code
     * @param object the object
     * @return true if it is held
     */
    default boolean hasPermission(String code, Object object) {
        return isActive() && isSuperuser();
    }

    /**
     * Returns the name of the principal, which the servlet's {@code getRemoteUser} tells too.
     *
     * @return the username, unless overridden; never empty for a user who is somebody
     */
    @Override
    default String getName() {
        return username();
    }

    /**
     * Returns nobody: not authenticated, not active, with empty id and name (drf-contract WALK-11).
     *
     * @return the anonymous user
     */
    static User anonymous() {
        return AnonymousUser.INSTANCE;
    }
}
