package io.postern;

import io.postern.auth.Authenticator;

/**
 * The authenticators under short names, to be imported statically.
 *
 * <pre>{@code
 * .authenticators(session(), basic(), token())
 * }</pre>
 *
 * The order counts: the first that recognises its credential decides, and the first of all names the challenge. All methods are safe for use by several threads.
 */
public final class StandardAuthenticators {

    private StandardAuthenticators() {}

    /**
     * Returns the authenticator of logged-in browsers (DRF's {@code SessionAuthentication}).
     *
     * @return its factory; needs {@code .users(…)}
     */
    public static AuthenticatorFactory session() {
        return new StandardFactories.Session();
    }

    /**
     * Returns the authenticator of names and passwords (DRF's {@code BasicAuthentication}).
     *
     * @return its factory; needs {@code .users(…)}
     */
    public static AuthenticatorFactory basic() {
        return new StandardFactories.Basic();
    }

    /**
     * Returns the authenticator of opaque tokens (DRF's {@code TokenAuthentication}).
     *
     * @return its factory; needs {@code .users(…)} and {@code .tokens(…)}
     */
    public static AuthenticatorFactory token() {
        return token("Token");
    }

    /**
     * Returns the authenticator of opaque tokens under another scheme.
     *
     * @param keyword for instance {@code Bearer}
     * @return its factory; needs {@code .users(…)} and {@code .tokens(…)}
     */
    public static AuthenticatorFactory token(String keyword) {
        return new StandardFactories.Token(keyword);
    }

    /**
     * Returns the authenticator of JWTs (simplejwt's {@code JWTAuthentication}).
     *
     * @return its factory; needs {@code .users(…)} and {@code .jwt(…)}
     */
    public static AuthenticatorFactory jwt() {
        return new StandardFactories.Jwt();
    }

    /**
     * Returns the authenticator of JWTs that asks no store (simplejwt's {@code JWTStatelessUserAuthentication}).
     *
     * @return its factory; needs {@code .jwt(…)}
     */
    public static AuthenticatorFactory statelessJwt() {
        return new StandardFactories.StatelessJwt();
    }

    /**
     * Returns the authenticator of users that the container vouches for (DRF's {@code RemoteUserAuthentication}).
     *
     * @return its factory; needs {@code .users(…)}
     */
    public static AuthenticatorFactory remoteUser() {
        return new StandardFactories.RemoteUser();
    }

    /**
     * Takes an authenticator of your own.
     *
     * @param authenticator the authenticator
     * @return its factory
     */
    public static AuthenticatorFactory custom(Authenticator authenticator) {
        return new StandardFactories.Custom(authenticator);
    }
}
