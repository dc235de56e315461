package io.postern.auth.login;

import io.postern.auth.AuthResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The outcome of a login, or of a request that completes a challenge. */
public sealed interface LoginOutcome {

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
