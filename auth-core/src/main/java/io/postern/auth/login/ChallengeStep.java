package io.postern.auth.login;

import io.postern.auth.endpoint.Fields;
import io.postern.auth.user.StoredUser;

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
public interface ChallengeStep extends LoginStep {

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
