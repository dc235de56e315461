package io.postern.auth;

import java.util.List;
import java.util.Optional;

/**
 * Reads one kind of credential from a request and says who it belongs to.
 *
 * <p>Implement this to accept a credential of your own. The gate asks the authenticators of a policy in order, once per
 * request, on the thread of the request; the first that does not answer {@link AuthResult.NotAttempted} decides.
 *
 * <ul>
 *   <li>Not your kind of credential: {@link AuthResult#notAttempted()}.
 *   <li>Yours, and bad: {@link AuthResult#rejected(Denial)}; a wrong password is no exception.
 *   <li>Your store is broken: throw {@link StoreException}; the caller gets 503.
 * </ul>
 *
 * Never return null, never log a credential, never wait without a limit. Implement {@code AuthenticatorContract}
 * of {@code auth-testkit} to test it. Implementations are safe for use by several threads.
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
public interface Authenticator {

    /**
     * Looks for this authenticator's credential.
     *
     * @param request the request
     * @return who it is, that there was nothing to read, or why the credential is refused
     * @throws StoreException if a store that is needed for the answer fails
     */
    AuthResult authenticate(AuthRequest request);

    /**
     * Returns how a client may authenticate here (RFC 9110, section 11.6.1). Without one, a refusal of which this
     * authenticator is the first is 403 instead of 401 (drf-contract ST-2).
     *
     * @param request the refused request
     * @return the challenge, or empty
     */
    default Optional<Challenge> challenge(AuthRequest request) {
        return Optional.empty();
    }

    /**
     * Returns the request headers that a credential may stand in, so that a cache keeps answers for different callers
     * apart (RFC 9110, section 12.5.5).
     *
     * <p><b>Security.</b> If yours is in another header, name it: else a shared cache may hand one caller's answer to the
     * next.
     *
     * @return the names, as they are to stand in {@code Vary}; by default {@code Authorization} and {@code Cookie}
     */
    default List<String> credentialHeaders() {
        return List.of("Authorization", "Cookie");
    }

    /**
     * Returns the short name that events and {@code getAuthType} tell.
     *
     * @return the name; by default the name of the class
     */
    default String name() {
        return getClass().getSimpleName();
    }
}
