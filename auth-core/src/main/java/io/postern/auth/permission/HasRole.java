package io.postern.auth.permission;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Permission;
import java.util.Collections;
import java.util.Set;

/**
 * Grants users who have one of the roles, compared exactly.
 *
 * @param roles at least one; any of them is sufficient
 */
record HasRole(Set<String> roles) implements Permission {

    HasRole {
        roles = Set.copyOf(roles);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("hasRole needs at least one role; use denyAll() to deny every request");
        }
        if (roles.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a role must not be blank");
        }
    }

    static HasRole of(String... roles) {
        return new HasRole(Set.of(roles));
    }

    @Override
    public boolean allows(AuthRequest request, Authentication authentication) {
        return !Collections.disjoint(roles, authentication.user().roles());
    }
}
