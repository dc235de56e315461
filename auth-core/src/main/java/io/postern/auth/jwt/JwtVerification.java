package io.postern.auth.jwt;

/** What verifying a token found. */
public sealed interface JwtVerification {

    /**
     * The token is good.
     *
     * @param jwt its claims
     */
    record Verified(VerifiedJwt jwt) implements JwtVerification {}

    /**
     * The token is not good.
     *
     * @param message simplejwt's words (drf-contract VD-1 to VD-14)
     * @param reason the word for events
     */
    record Invalid(String message, String reason) implements JwtVerification {

        /** Returns the result for a token that has expired. */
        public static Invalid expired() {
            return new Invalid("Token is expired", "jwt_expired");
        }

        /** Returns the result for a token that was used or revoked (drf-contract VD-9). */
        public static Invalid blacklisted() {
            return new Invalid("Token is blacklisted", "jwt_revoked");
        }
    }
}
