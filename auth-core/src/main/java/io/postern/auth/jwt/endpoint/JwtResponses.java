package io.postern.auth.jwt.endpoint;

import io.postern.auth.AuthResponse;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.endpoint.ErrorFormat;
import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.jwt.JwtTokens.RevokeResult;
import io.postern.auth.jwt.JwtTokens.VerifyResult;
import java.util.List;
import java.util.Map;

/** Maps the results of {@code JwtTokens} to simplejwt's responses (drf-contract VF-3 to VF-16). */
record JwtResponses(ErrorFormat errors, Challenge challenge) {

    private static final String EXPIRED = "Token is expired";
    private static final String BLACKLISTED = "Token is blacklisted";

    AuthResponse refused(RefreshResult.Refused refused) {
        if (refused instanceof RefreshResult.UserInactive) {
            return unauthorized("No active account found for the given token.", refused.reason());
        }
        if (refused instanceof RefreshResult.PasswordChanged) {
            return unauthorized("The user's password has been changed.", refused.reason());
        }
        return notValid(message(refused));
    }

    AuthResponse verified(VerifyResult result) {
        if (result instanceof VerifyResult.Valid) {
            return ok();
        }
        if (result instanceof VerifyResult.Revoked) {
            // A validation error, not an authentication failure, in simplejwt (drf-contract VF-12).
            return errors.fieldErrors(Map.of("non_field_errors", List.of(BLACKLISTED)));
        }
        return notValid(result instanceof VerifyResult.Invalid invalid ? invalid.message() : EXPIRED);
    }

    AuthResponse revoked(RevokeResult result) {
        if (result instanceof RevokeResult.Revoked) {
            return ok();
        }
        if (result instanceof RevokeResult.AlreadyRevoked) {
            return notValid(BLACKLISTED);
        }
        return notValid(result instanceof RevokeResult.Invalid invalid ? invalid.message() : EXPIRED);
    }

    /** Returns the response to a refresh without a token in body or cookie; it has no challenge. */
    AuthResponse noToken() {
        return errors.response(Denial.of(401, "No valid refresh token found.", "token_not_valid")
                .withMember("code", "token_not_valid"));
    }

    private static String message(RefreshResult.Refused refused) {
        if (refused instanceof RefreshResult.Invalid invalid) {
            return invalid.message();
        }
        if (refused instanceof RefreshResult.Unknown) {
            return "Token is invalid";
        }
        return refused instanceof RefreshResult.Expired ? EXPIRED : BLACKLISTED;
    }

    private static AuthResponse ok() {
        return AuthResponse.json(200, Map.of());
    }

    private AuthResponse notValid(String message) {
        return errors.response(Denial.of(401, message, "token_not_valid")
                .withMember("code", "token_not_valid")
                .withChallenges(List.of(challenge)));
    }

    /** simplejwt writes no code here (drf-contract VF-4, VF-6). */
    private AuthResponse unauthorized(String detail, String code) {
        return errors.response(Denial.of(401, detail, code).withChallenges(List.of(challenge)));
    }
}
