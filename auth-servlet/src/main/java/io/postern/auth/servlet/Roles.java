package io.postern.auth.servlet;

import static io.postern.auth.permission.StandardPermissions.denyAll;
import static io.postern.auth.permission.StandardPermissions.hasRole;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.auth.Permission;
import java.util.Arrays;
import java.util.Set;

/** Maps the role names of standard annotations to permissions. */
final class Roles {

    /** Any authenticated user, with or without roles (Servlet 6.0, section 13.3). */
    static final String ANY_USER = "**";

    private Roles() {}

    static Permission anyOf(String... names) {
        Set<String> roles = Set.copyOf(Arrays.asList(names));
        if (roles.isEmpty()) {
            return denyAll();
        }
        return roles.contains(ANY_USER) ? isAuthenticated() : hasRole(roles.toArray(String[]::new));
    }
}
