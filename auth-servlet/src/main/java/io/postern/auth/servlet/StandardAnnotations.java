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

    static List<Permission> on(Class<?> servlet) {
        List<Permission> found = new ArrayList<>();
        RolesAllowed roles = servlet.getAnnotation(RolesAllowed.class);
        if (roles != null) {
            found.add(Roles.anyOf(roles.value()));
        }
        if (servlet.isAnnotationPresent(DenyAll.class)) {
            found.add(denyAll());
        }
        if (servlet.isAnnotationPresent(PermitAll.class)) {
            found.add(allowAny());
        }
        return found;
    }
}
