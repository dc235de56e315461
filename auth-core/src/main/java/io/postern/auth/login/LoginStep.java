package io.postern.auth.login;

import io.postern.auth.endpoint.EndpointRequest.Fields;
import io.postern.auth.internal.JsonWriter;
import io.postern.auth.user.StoredUser;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A check between the first factor and the credential: "terms not accepted", "password expired", "locked".
 *
 * <pre>{@code
 * .loginSteps((attempt, user) -> expired.test(user)
 *         ? new StepResult.Refuse("password_expired", "Your password has expired.")
 *         : StepResult.proceed())
 * }</pre>
 *
 * A step that asks the user for something, such as a second factor, implements {@link ChallengeStep}. Steps run in order
 * for every kind of login, and for each request with HTTP Basic, on the request's thread. Implementations are safe for
 * use by several threads.
 */
@FunctionalInterface
public interface LoginStep {

    /**
     * Evaluates a login whose first factor was verified.
     *
     * @param user the user as when the first factor was verified
     * @return whether the login continues
     * @throws io.postern.auth.StoreException if a store fails; the client gets 503
     */
    StepResult after(LoginAttempt attempt, StoredUser user);

    /** The outcome of a login step. */
    sealed interface StepResult {

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
         * @param state what {@link ChallengeStep#complete} needs, at most 4,096 chars when escaped as a JSON
         *     string. <b>Security.</b> It is stored as it is: not the code, but its digest
         * @param members further members of the JSON body that presents the challenge
         */
        record Challenge(String kind, String state, Map<String, Object> members) implements StepResult {

            private static final int MAX_STATE = 4_096;

            /** Validates the components and copies the members. */
            public Challenge {
                Objects.requireNonNull(kind, "kind");
                int stored = JsonWriter.write(state).length() - 2;
                if (stored > MAX_STATE) {
                    throw new IllegalArgumentException(
                            "the state of a challenge has at most 4096 chars as a JSON string," + " not " + stored
                                    + ": store the data elsewhere and put its key into the state");
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

    /**
     * A step that can interrupt a login with a {@link StepResult.Challenge}, which the client completes by a later request: a
     * second factor, a mailed code, terms to accept.
     *
     * <p>After a completed challenge all other steps run again, so {@link #after} may be called several times in one login. A
     * step that was completed does not run again. Adding or reordering steps while logins are pending is therefore safe.
     *
     * <p><b>Security.</b> The flow limits the attempts of one pending login. An attacker who knows the password can start
     * another: a step whose codes can be guessed counts the failures of each user too.
     */
    interface ChallengeStep extends LoginStep {

        /**
         * Returns the name of this step, under which pending logins refer to it; unique among the steps.
         *
         * @return a constant, for instance {@code totp}
         */
        String name();

        /**
         * Verifies what the client sent to complete a challenge of this step.
         *
         * @param attempt the login; its request is the one that completes it
         * @param user the user who was challenged, with the same security stamp as then
         * @param state the state of the challenge
         * @param fields the request's fields; an error in them is returned to the client, as for
         *     {@link StepResult.Invalid}
         * @return {@link StepResult#proceed()} if the challenge is completed; {@link StepResult.Invalid} to let the client try
         *     again while it has attempts left; {@link StepResult.Refuse} to end the login; {@link StepResult.Challenge} for
         *     another challenge of this step with the attempts that are left
         * @throws io.postern.auth.StoreException if a store fails; the client gets 503
         */
        StepResult complete(LoginAttempt attempt, StoredUser user, String state, Fields fields);
    }
}
