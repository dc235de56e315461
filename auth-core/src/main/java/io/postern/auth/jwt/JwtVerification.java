package io.postern.auth.jwt;

import io.postern.auth.jwt.internal.TokenFault;

/** The outcome of verifying a token. */
sealed interface JwtVerification {

    /** The token is valid. */
    record Verified(VerifiedJwt jwt) implements JwtVerification {}

    /** The token is not valid. */
    record Refused(TokenFault fault) implements JwtVerification {

        /** Returns simplejwt's message (drf-contract VD-1 to VD-14). */
        String message() {
            return fault.message();
        }

        /** Returns the code for events and logs. */
        String reason() {
            return fault.reason();
        }
    }
}
