package io.postern;

import io.postern.auth.Authenticator;

/**
 * Makes an authenticator once the parts of a {@link Postern} are known; {@link StandardAuthenticators} has one for each
 * kind, and {@link StandardAuthenticators#custom custom} takes one of your own.
 *
 * <p>Equal factories are created once, so that two policies that name {@code basic()} share one authenticator.
 */
@FunctionalInterface
public interface AuthenticatorFactory {

    /**
     * Makes the authenticator.
     *
     * @param parts what the application has configured
     * @return the authenticator
     * @throws IllegalStateException if a part is missing; the message names the call that mends it
     */
    Authenticator create(Components parts);
}
