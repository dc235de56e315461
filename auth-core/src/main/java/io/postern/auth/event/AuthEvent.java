package io.postern.auth.event;

import java.time.Duration;
import java.time.Instant;

/**
 * Something an operator would want to know, told after the fact.
 *
 * <p><b>Security.</b> No event holds a password, a token, a cookie, a key or a hash, nor a name that somebody typed (it
 * may be a password in the wrong field). Texts that a client chose, such as paths, are cut and freed of control
 * characters.
 */
public sealed interface AuthEvent {

    /**
     * Returns when it happened.
     *
     * @return the instant
     */
    Instant at();

    /**
     * Somebody logged in at an endpoint.
     *
     * @param at when
     * @param method how: {@code session}, {@code token} or {@code jwt}
     * @param userId who
     * @param address from where
     */
    record LoggedIn(Instant at, String method, String userId, String address) implements AuthEvent {}

    /**
     * A login at an endpoint failed, or the refresh of one.
     *
     * @param at when
     * @param method how: {@code session}, {@code token}, {@code jwt} or {@code refresh}
     * @param reason why, as a stable word; the client is not told
     * @param address from where
     */
    record LoginFailed(Instant at, String method, String reason, String address) implements AuthEvent {}

    /**
     * A session ended by logout.
     *
     * @param at when
     * @param userId whose
     * @param address from where
     */
    record LoggedOut(Instant at, String userId, String address) implements AuthEvent {}

    /**
     * A token was issued.
     *
     * @param at when
     * @param kind {@code token}, {@code refresh} or {@code sliding}; access tokens are no events
     * @param tokenId the record's id or the JWT's {@code jti}, which proves nothing
     * @param userId for whom
     */
    record TokenIssued(Instant at, String kind, String tokenId, String userId) implements AuthEvent {}

    /**
     * A token was revoked.
     *
     * @param at when
     * @param kind {@code token} or {@code family}
     * @param tokenId the record's or the family's id; {@code *} for all
     * @param userId whose it was
     */
    record TokenRevoked(Instant at, String kind, String tokenId, String userId) implements AuthEvent {}

    /**
     * A login was refreshed.
     *
     * @param at when
     * @param familyId the login's family of tokens
     * @param userId whose; empty if the token names nobody
     * @param address from where
     */
    record TokenRefreshed(Instant at, String familyId, String userId, String address) implements AuthEvent {}

    /**
     * A refresh token was shown again after its use: somebody has a copy. The login was ended.
     *
     * @param at when
     * @param familyId the login's family of tokens
     * @param userId whose; empty if the token names nobody
     * @param address from where
     */
    record RefreshTokenReused(Instant at, String familyId, String userId, String address) implements AuthEvent {}

    /**
     * A password was hashed again with current parameters at login.
     *
     * @param at when
     * @param userId whose
     */
    record PasswordRehashed(Instant at, String userId) implements AuthEvent {}

    /**
     * A request was refused by the gate.
     *
     * @param at when
     * @param where which request
     * @param status the status the client got
     * @param code the code of the denial
     * @param reason why, as a stable word; the client may not be told
     * @param userId who asked; empty for nobody
     */
    record RequestDenied(Instant at, RequestFacts where, int status, String code, String reason, String userId)
            implements AuthEvent {}

    /**
     * A request was refused because the caller comes too often.
     *
     * @param at when
     * @param where which request
     * @param retryAfter how long the caller was told to wait; zero if nobody knows
     * @param userId who asked; empty for nobody
     */
    record RequestThrottled(Instant at, RequestFacts where, Duration retryAfter, String userId) implements AuthEvent {}

    /**
     * A store could not answer, and the request got 503.
     *
     * @param at when
     * @param where which request
     * @param message what failed
     */
    record StoreFailed(Instant at, RequestFacts where, String message) implements AuthEvent {}
}
