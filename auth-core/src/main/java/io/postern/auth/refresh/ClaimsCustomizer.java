package io.postern.auth.refresh;

import io.postern.auth.User;
import java.util.Map;

/**
 * Adds claims to the tokens of a login, which its access tokens take over.
 *
 * <p>Implement this, or pass a lambda, to put for instance a name or a tenant into tokens. It is called once at login, on
 * the thread of the request. A claim that the library writes itself cannot be changed. Whoever holds a token reads its
 * claims, so they hold no secret.
 *
 * <p>Mirrors overriding {@code get_token} of simplejwt's obtain serializer (drf-contract TK-12).
 */
@FunctionalInterface
public interface ClaimsCustomizer {

    /**
     * Returns the claims to add.
     *
     * @param user who logged in
     * @return names and values: texts, numbers, booleans, lists and maps
     */
    Map<String, Object> claimsFor(User user);
}
