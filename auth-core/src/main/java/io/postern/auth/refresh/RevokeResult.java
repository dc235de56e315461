package io.postern.auth.refresh;

/** The outcome of revoking a refresh token. */
public sealed interface RevokeResult {

    /** The token and its family are revoked, or no store is configured. */
    record Revoked() implements RevokeResult {}

    /** The token was exchanged for another one or revoked before; its family is revoked in any case. */
    record AlreadyRevoked() implements RevokeResult {}

    /** The token has expired. */
    record Expired() implements RevokeResult {}

    /**
     * The token is malformed, forged or not a refresh token.
     *
     * @param message the message of simplejwt (drf-contract VD-1 to VD-14)
     * @param reason the code for events and logs
     */
    record Invalid(String message, String reason) implements RevokeResult {}
}
