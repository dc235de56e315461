package io.postern.auth.permission;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Permission;
import java.util.Collections;
import java.util.Set;

/**
 * Grants users who have one of the roles, compared exactly.
 *
 * @param roles any of them will do
 */
public record HasRole(Set<String> roles) implements Permission {

    /**
     * Copies the roles; refuses an empty set, which would grant nobody, and blank names.
     *
     * @param roles any of them will do
     * @throws IllegalArgumentException if there is no role
     */
    public HasRole {
        roles = Set.copyOf(roles);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("hasRole needs at least one role; use denyAll() to refuse everybody");
        }
        if (roles.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a role has a name, and is not blank");
        }
    }

    /**
     * Returns the permission for these roles.
     *
     * @param roles any of them will do
     * @return the permission
     * @throws IllegalArgumentException if there is none, or one is named twice
     */
    public static HasRole of(String... roles) {
        return new HasRole(Set.of(roles));
    }

    @Override
    public boolean allows(AuthRequest request, Authentication authentication) {
        return !Collections.disjoint(roles, authentication.user().roles());
    }
}
