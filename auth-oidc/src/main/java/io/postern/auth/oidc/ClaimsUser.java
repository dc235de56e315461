package io.postern.auth.oidc;

import io.postern.auth.User;
import java.util.Collection;
import java.util.Set;

/**
 * A user known from the token of an outside issuer alone, without a look-up; at first without roles and permissions.
 *
 * <pre>{@code
 * ClaimsUser.of("https://issuer.example", "42").withRoles(jwt.texts("roles"));
 * }</pre>
 *
 * <b>Security.</b> Never staff nor superuser, whatever the token contains, unlike the {@code TokenUser} of our own tokens.
 * The id starts with the issuer, so that an issuer cannot impersonate users of another issuer or of this application. A
 * user deactivated at the issuer is accepted until the token expires.
 *
 * @param id issuer, {@code #} and {@code sub}
 * @param username the id, until {@link #withUsername(String)} sets another
 * @param roles the names of the roles
 * @param permissions the codes of the permissions
 */
public record ClaimsUser(String id, String username, Set<String> roles, Set<String> permissions) implements User {

    /**
     * Validates the components and copies the sets.
     *
     * @throws IllegalArgumentException if id or username is empty, which would be {@link User#anonymous()}
     */
    public ClaimsUser {
        if (id.isEmpty() || username.isEmpty()) {
            throw new IllegalArgumentException("a user needs an id and a username");
        }
        roles = Set.copyOf(roles);
        permissions = Set.copyOf(permissions);
    }

    /** Returns a user without roles and permissions. */
    public static ClaimsUser of(String issuer, String subject) {
        String id = issuer + "#" + subject;
        return new ClaimsUser(id, id, Set.of(), Set.of());
    }

    /**
     * Returns a copy with another username.
     *
     * <p><b>Security.</b> At many issuers users choose claims like {@code preferred_username} and {@code email}
     * themselves: do not authorize by such a name.
     */
    public ClaimsUser withUsername(String name) {
        return new ClaimsUser(id, name, roles, permissions);
    }

    /** Returns a copy with other roles. */
    public ClaimsUser withRoles(Collection<String> names) {
        return new ClaimsUser(id, username, Set.copyOf(names), permissions);
    }

    /** Returns a copy with other permissions. */
    public ClaimsUser withPermissions(Collection<String> codes) {
        return new ClaimsUser(id, username, roles, Set.copyOf(codes));
    }

    @Override
    public String toString() {
        return "ClaimsUser[" + id + "]";
    }
}
