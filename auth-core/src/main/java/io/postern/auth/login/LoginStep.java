package io.postern.auth.login;

import io.postern.auth.user.StoredUser;

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
}
