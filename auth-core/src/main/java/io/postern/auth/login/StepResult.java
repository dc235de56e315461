package io.postern.auth.login;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The outcome of a {@link LoginStep}. */
public sealed interface StepResult {

    /** Returns the result that lets the login continue. */
    static StepResult proceed() {
        return Continue.PROCEED;
    }

    /** The login continues with the next step. */
    enum Continue implements StepResult {

        /** The only value. */
        PROCEED
    }

    /**
     * The login ends without a credential.
     *
     * @param reason a stable code in snake case, for events, and for the client if there is a detail
     * @param detail one sentence for the client; null if the response must be that to a wrong password, as for a locked
     *     account
     */
    record Refuse(String reason, @Nullable String detail) implements StepResult {

        /** Validates the components. */
        public Refuse {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * The login is interrupted until the client completes the challenge. Only a {@link ChallengeStep} may return it.
     *
     * @param kind what is asked for, for the client: {@code totp}, {@code terms}
     * @param state what {@link ChallengeStep#complete} needs, at most 4,096 chars. <b>Security.</b> It is stored as it is:
     *     not the code, but its digest
     * @param members further members of the JSON body that presents the challenge
     */
    record Challenge(String kind, String state, Map<String, Object> members) implements StepResult {

        private static final int MAX_STATE = 4_096;

        /** Validates the components and copies the members. */
        public Challenge {
            Objects.requireNonNull(kind, "kind");
            if (state.length() > MAX_STATE) {
                throw new IllegalArgumentException(
                        "the state of a challenge has at most 4096 chars, not " + state.length());
            }
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /**
         * Creates a challenge without state and members.
         *
         * @param kind what is asked for
         */
        public Challenge(String kind) {
            this(kind, "", Map.of());
        }

        @Override
        public String toString() {
            return "Challenge[" + kind + "]";
        }
    }

    /**
     * What the client sent does not complete the challenge. Only {@link ChallengeStep#complete} may return it.
     *
     * @param reason a stable code in snake case, for events
     * @param field the field that is wrong
     * @param message one sentence for the client
     */
    record Invalid(String reason, String field, String message) implements StepResult {

        /** Validates the components. */
        public Invalid {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(message, "message");
        }
    }
}
