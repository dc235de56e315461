package io.postern.auth.jwt.internal;

import io.postern.auth.AuthResult;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rejections of bearer tokens, with simplejwt's details and codes. The challenge carries {@code
 * error="invalid_token"} (RFC 6750, section 3.1).
 *
 * @param challenge the challenge of the authenticator
 */
public record Refusals(Challenge challenge) {

    /** Returns the rejection of a header whose credentials are not exactly one token. */
    public AuthResult ofHeader() {
        return of(
                "Authorization header must contain two space-delimited values",
                "bad_authorization_header",
                "jwt_malformed_header");
    }

    /**
     * Returns the rejection of a token that is not valid.
     *
     * @param messages its fault as a token of each class that was tried
     * @param reason the reason in events
     */
    public AuthResult ofToken(List<Map<String, Object>> messages, String reason) {
        return AuthResult.rejected(denial("Given token not valid for any token type", "token_not_valid", reason)
                .withMember("messages", messages));
    }

    /**
     * Returns the rejection of a valid token.
     *
     * @param reason the reason in events
     */
    public AuthResult of(String detail, String code, String reason) {
        return AuthResult.rejected(denial(detail, code, reason));
    }

    /**
     * Returns the message on the fault of a token.
     *
     * @param className simplejwt's class
     * @param type the value of its type claim
     */
    public static Map<String, Object> message(String className, String type, String fault) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("token_class", className);
        message.put("token_type", type);
        message.put("message", fault);
        return message;
    }

    private Denial denial(String detail, String code, String reason) {
        return Denial.of(401, detail, code)
                .withReason(reason)
                .withMember("code", code)
                .withChallenges(List.of(challenge.withParameter("error", "invalid_token")));
    }
}
