package io.postern.auth.login;

import io.postern.auth.AuthResponse;
import io.postern.auth.Denial;
import io.postern.auth.endpoint.ErrorResponses;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The outcome of a login, or of a request that completes a challenge. */
public sealed interface LoginOutcome {

    /**
     * Returns the response for a client that speaks JSON. A login that ends in a redirect maps the outcomes itself.
     *
     * @param errors writes refusals
     * @param failed the response to a wrong password or another bad first factor
     * @return the response
     */
    default AuthResponse toResponse(ErrorResponses errors, AuthResponse failed) {
        if (this instanceof LoggedIn loggedIn) {
            return loggedIn.response();
        }
        if (this instanceof Challenged challenged) {
            return errors.of(challenged.denial());
        }
        if (this instanceof Invalid invalid) {
            return errors.ofFields(invalid.errors());
        }
        Refused refused = (Refused) this;
        return refused.detail() == null ? failed : errors.of(denial(refused.reason(), refused.detail()));
    }

    private static Denial denial(String reason, String detail) {
        return Denial.permissionDenied(detail, reason).withMember("code", reason);
    }

    /**
     * The user is logged in.
     *
     * @param response the response with the credential
     */
    record LoggedIn(AuthResponse response) implements LoginOutcome {
        @Override
        public String toString() {
            return "LoggedIn[***]";
        }
    }

    /**
     * No credential was issued, and the login cannot be continued.
     *
     * @param reason a stable code in snake case
     * @param detail one sentence for the client; null if the client must not learn the reason
     */
    record Refused(String reason, @Nullable String detail) implements LoginOutcome {}

    /**
     * The user has to complete a challenge first.
     *
     * @param kind what is asked for
     * @param token the one-time token that continues this login
     * @param expiresIn for how long the token is valid
     * @param members further members that describe the challenge
     */
    record Challenged(String kind, String token, Duration expiresIn, Map<String, Object> members)
            implements LoginOutcome {

        private Denial denial() {
            Denial denial = Denial.permissionDenied("Further verification is required.", "login_challenge");
            for (Map.Entry<String, Object> member : members.entrySet()) {
                denial = denial.withMember(member.getKey(), member.getValue());
            }
            return denial.withMember("code", "login_challenge")
                    .withMember("challenge", kind)
                    .withMember("login_token", token)
                    .withMember("expires_in", expiresIn.toSeconds());
        }

        @Override
        public String toString() {
            return "Challenged[" + kind + ", ***]";
        }
    }

    /**
     * What the client sent does not complete the challenge; it may try again while attempts are left.
     *
     * @param errors messages by field
     */
    record Invalid(Map<String, List<String>> errors) implements LoginOutcome {}
}
