package io.postern;

import io.postern.auth.Authenticator;
import io.postern.auth.Policy;

/**
 * Creates an authenticator once the components of a {@link Postern} are known; {@link StandardAuthenticators} has one for
 * each kind.
 *
 * <pre>{@code
 * AuthenticatorFactory basic = components -> BasicAuthenticator.of(components.login()).withRealm("orders");
 * }</pre>
 *
 * <p>Equal factories share one authenticator, so that two policies with {@code basic()} have the same one.
 */
@FunctionalInterface
public interface AuthenticatorFactory extends Policy.AuthenticatorSource {

    /**
     * Creates the authenticator; called once by {@link PosternBuilder#build()}.
     *
     * @param components the configured components
     * @throws IllegalStateException if a component is missing; the message names the call that adds it
     */
    Authenticator create(Components components);
}
