package io.postern.auth.jwt;

/** The outcome of verifying a token. */
sealed interface JwtVerification {

    /**
     * The token is valid.
     *
     * @param jwt its claims
     */
    record Verified(VerifiedJwt jwt) implements JwtVerification {}

    /** The token is not valid. */
    sealed interface Refused extends JwtVerification {

        /** Returns simplejwt's message (drf-contract VD-1 to VD-14). */
        String message();

        /** Returns the code for events and logs. */
        String reason();
    }

    /** The token has expired. */
    record Expired() implements Refused {
        @Override
        public String message() {
            return "Token is expired";
        }

        @Override
        public String reason() {
            return "jwt_expired";
        }
    }

    /** The token was used or revoked (drf-contract VD-9). */
    record Revoked() implements Refused {
        @Override
        public String message() {
            return "Token is blacklisted";
        }

        @Override
        public String reason() {
            return "jwt_revoked";
        }
    }

    /** The token has another fault. */
    record Invalid(String message, String reason) implements Refused {}
}
