package io.postern.auth.oidc;

import io.postern.auth.User;
import java.util.Collection;
import java.util.Set;

/**
 * A user known by a token of an outside issuer alone, never looked up; at first without any role or permission.
 *
 * <pre>{@code
 * ClaimsUser.of("https://issuer.example", "42").roles(jwt.texts("roles"));
 * }</pre>
 *
 * <b>Security.</b> Neither staff nor superuser, whatever the token says. The id begins with the issuer, so that no issuer
 * can speak of the users of another, or of yours. A user deactivated at the issuer passes until the token ends.
 *
 * @param id issuer, {@code #} and {@code sub}
 * @param username the id, until {@link #username(String)} says another
 * @param roles the roles
 * @param permissions the permissions' codes
 */
public record ClaimsUser(String id, String username, Set<String> roles, Set<String> permissions) implements User {

    /**
     * Copies the sets; refuses a user without id or name.
     *
     * @param id issuer, {@code #} and {@code sub}
     * @param username the id, until {@link #username(String)} says another
     * @param roles the roles
     * @param permissions the permissions' codes
     * @throws IllegalArgumentException if id or name is empty
     */
    public ClaimsUser {
        if (id.isEmpty() || username.isEmpty()) {
            throw new IllegalArgumentException("a user needs an id and a username; nobody is User.anonymous()");
        }
        roles = Set.copyOf(roles);
        permissions = Set.copyOf(permissions);
    }

    /**
     * Returns a user without roles and permissions.
     *
     * @param issuer the issuer
     * @param subject who it is there
     * @return the user
     */
    public static ClaimsUser of(String issuer, String subject) {
        String id = issuer + "#" + subject;
        return new ClaimsUser(id, id, Set.of(), Set.of());
    }

    /**
     * Returns this user under another name.
     *
     * <p><b>Security.</b> At many issuers users choose claims like {@code preferred_username} and {@code email}
     * themselves: do not decide by such a name.
     *
     * @param name the name
     * @return a new user
     */
    public ClaimsUser username(String name) {
        return new ClaimsUser(id, name, roles, permissions);
    }

    /**
     * Returns this user with other roles.
     *
     * @param names the roles
     * @return a new user
     */
    public ClaimsUser roles(Collection<String> names) {
        return new ClaimsUser(id, username, Set.copyOf(names), permissions);
    }

    /**
     * Returns this user with other permissions.
     *
     * @param codes the permissions' codes
     * @return a new user
     */
    public ClaimsUser permissions(Collection<String> codes) {
        return new ClaimsUser(id, username, roles, Set.copyOf(codes));
    }

    @Override
    public String toString() {
        return "ClaimsUser[" + id + "]";
    }
}
