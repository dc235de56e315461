package io.postern.auth.jwt;

/** The result of the verification of a token. */
public sealed interface JwtVerification {

    /** The token is valid. */
    record Verified(VerifiedJwt jwt) implements JwtVerification {}

    /**
     * The token is not valid.
     *
     * @param message simplejwt's message (drf-contract VD-1 to VD-14)
     * @param reason the reason in events
     */
    record Invalid(String message, String reason) implements JwtVerification {

        /** Returns the result for a token that was used or revoked (drf-contract VD-9). */
        public static Invalid blacklisted() {
            return new Invalid("Token is blacklisted", "jwt_revoked");
        }
    }
}
