package io.postern.auth.servlet;

import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.denyAll;

import io.postern.auth.Permission;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.List;

/** Reads the annotations of {@code jakarta.annotation}; must not be loaded if that library is absent. */
final class StandardAnnotations {

    private StandardAnnotations() {}

    /**
     * Returns the permissions of the nearest class up the hierarchy that has one of these annotations: they are not
     * inherited, and a container or framework may register a generated subclass.
     */
    static List<Permission> on(Class<?> servlet) {
        Class<?> type = servlet;
        List<Permission> found = declaredOn(type);
        while (found.isEmpty() && type.getSuperclass() != null) {
            type = type.getSuperclass();
            found = declaredOn(type);
        }
        return found;
    }

    private static List<Permission> declaredOn(Class<?> type) {
        List<Permission> found = new ArrayList<>();
        RolesAllowed roles = type.getDeclaredAnnotation(RolesAllowed.class);
        if (roles != null) {
            found.add(Roles.anyOf(roles.value()));
        }
        if (type.getDeclaredAnnotation(DenyAll.class) != null) {
            found.add(denyAll());
        }
        if (type.getDeclaredAnnotation(PermitAll.class) != null) {
            found.add(allowAny());
        }
        return found;
    }
}
