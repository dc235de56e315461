package io.postern.auth.jwt.internal;

import io.postern.auth.AuthResult;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a bad token is answered, in simplejwt's words. The code is on the wire as there; the challenge with {@code
 * error="invalid_token"} (RFC 6750, section 3.1) is shown where all challenges are.
 *
 * @param challenge that of the authenticator
 */
public record Refusals(Challenge challenge) {

    /**
     * Refuses what stands behind the scheme and is not one word.
     *
     * @return the refusal
     */
    public AuthResult ofHeader() {
        return of(
                "Authorization header must contain two space-delimited values",
                "bad_authorization_header",
                "jwt_malformed_header");
    }

    /**
     * Refuses a token.
     *
     * @param messages what is wrong with it as a token of each class that was tried
     * @param reason the word for events
     * @return the refusal
     */
    public AuthResult ofToken(List<Map<String, Object>> messages, String reason) {
        return AuthResult.rejected(denial("Given token not valid for any token type", "token_not_valid", reason)
                .withMember("messages", messages));
    }

    /**
     * Refuses a good token.
     *
     * @param detail what the client is told
     * @param code what programs are told
     * @param reason the word for events
     * @return the refusal
     */
    public AuthResult of(String detail, String code, String reason) {
        return AuthResult.rejected(denial(detail, code, reason));
    }

    /**
     * Says what is wrong with a token as one of a class.
     *
     * @param className simplejwt's class
     * @param type the value of its type claim
     * @param text what is wrong
     * @return the message
     */
    public static Map<String, Object> message(String className, String type, String text) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("token_class", className);
        message.put("token_type", type);
        message.put("message", text);
        return message;
    }

    private Denial denial(String detail, String code, String reason) {
        return Denial.of(401, detail, code)
                .withReason(reason)
                .withMember("code", code)
                .withChallenges(List.of(challenge.withParameter("error", "invalid_token")));
    }
}
