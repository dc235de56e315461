package io.postern.auth.refresh;

import java.util.Optional;

/** The outcome of a refresh. */
public sealed interface RefreshResult {

    /**
     * New tokens were issued.
     *
     * <p><b>Security.</b> {@link #toString} omits the tokens.
     *
     * @param access the access token, or the sliding token
     * @param refresh the new refresh token, where refresh tokens are rotated
     */
    record Refreshed(String access, Optional<String> refresh) implements RefreshResult {
        @Override
        public String toString() {
            return "Refreshed[***]";
        }
    }

    /** No token was issued. */
    sealed interface Refused extends RefreshResult {

        /** Returns the reason as a code for events and logs. */
        String reason();
    }

    /**
     * The token is malformed, forged or not meant for this use.
     *
     * @param message the message of simplejwt (drf-contract VD-1 to VD-14)
     * @param reason the code for events and logs
     */
    record Invalid(String message, String reason) implements Refused {}

    /** The token has expired. */
    record Expired() implements Refused {
        @Override
        public String reason() {
            return "jwt_expired";
        }
    }

    /** The store has no record of the token, and {@link RefreshSettings#acceptUnknown} is off. */
    record Unknown() implements Refused {
        @Override
        public String reason() {
            return "jwt_unknown";
        }
    }

    /** The token was exchanged for another one before; its family is revoked now. */
    record Reused() implements Refused {
        @Override
        public String reason() {
            return "jwt_revoked";
        }
    }

    /** The token or its family is revoked, or its family has reached its end. */
    record Revoked() implements Refused {
        @Override
        public String reason() {
            return "jwt_revoked";
        }
    }

    /** The user was deactivated or deleted. */
    record UserInactive() implements Refused {
        @Override
        public String reason() {
            return "user_inactive";
        }
    }

    /** The user's password is not the one that the token was issued under; its family is revoked now. */
    record PasswordChanged() implements Refused {
        @Override
        public String reason() {
            return "password_changed";
        }
    }
}
