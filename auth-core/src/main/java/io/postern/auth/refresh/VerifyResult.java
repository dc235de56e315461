package io.postern.auth.refresh;

import io.postern.auth.jwt.VerifiedJwt;

/** The outcome of verifying a token of any type. */
public sealed interface VerifyResult {

    /**
     * The token may be used.
     *
     * @param token its claims
     */
    record Valid(VerifiedJwt token) implements VerifyResult {}

    /** The signature is good, but the token was exchanged for another one or revoked. */
    record Revoked() implements VerifyResult {}

    /** The token has expired. */
    record Expired() implements VerifyResult {}

    /**
     * The token is malformed or forged.
     *
     * @param message the message of simplejwt (drf-contract VD-1 to VD-14)
     * @param reason the code for events and logs
     */
    record Invalid(String message, String reason) implements VerifyResult {}
}
