package io.postern.auth;

import java.util.List;
import java.util.Optional;

/**
 * Reads one kind of credential from a request and identifies its user.
 *
 * <p>Implement this to accept a credential of your own. The gate calls the authenticators of a policy in order, once per
 * request, on the request thread; the first that does not return {@link AuthResult.NotAttempted} decides.
 *
 * <ul>
 *   <li>The request has no credential of this kind: return {@link AuthResult#notAttempted()}.
 *   <li>The credential is bad: return {@link AuthResult#rejected(Denial)}; a wrong password is not an exception.
 *   <li>A store fails: throw {@link StoreException}; the caller gets 503.
 * </ul>
 *
 * Never return null, never log a credential, never block without a timeout. Implement {@code AuthenticatorContract} of {@code
 * auth-testkit} to test it. Implementations must be thread-safe.
 *
 * <pre>{@code
 * AuthResult authenticate(AuthRequest request) {
 *     return request.header("X-Api-Key").map(this::lookUp).orElseGet(AuthResult::notAttempted);
 * }
 * }</pre>
 *
 * Mirrors DRF's {@code BaseAuthentication}.
 */
@FunctionalInterface
public interface Authenticator extends Policy.AuthenticatorSource {

    /**
     * Authenticates the request by this authenticator's kind of credential.
     *
     * @throws StoreException if a store that is needed for the decision fails
     */
    AuthResult authenticate(AuthRequest request);

    /**
     * Returns the challenge of a 401, from which clients learn how to authenticate (RFC 9110, section 11.6.1). If the first authenticator of a
     * policy has none, its 401 becomes 403 (drf-contract ST-2).
     */
    default Optional<Challenge> challenge(AuthRequest request) {
        return Optional.empty();
    }

    /**
     * Returns the names of the request headers that may contain the credential, for {@code Vary} (RFC 9110, section 12.5.5).
     * The default is {@code Authorization} and {@code Cookie}.
     *
     * <p><b>Security.</b> Override this if the credential is in another header: otherwise a shared cache may serve one
     * caller's response to another.
     */
    default List<String> credentialHeaders() {
        return List.of("Authorization", "Cookie");
    }

    /** Returns the short name used in events and by {@code getAuthType}; the default is the simple class name. */
    default String name() {
        return getClass().getSimpleName();
    }
}
