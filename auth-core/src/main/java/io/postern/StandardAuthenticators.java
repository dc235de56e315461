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
     * @return its recipe; needs {@code .users(…)}
     */
    public static AuthenticatorRecipe session() {
        return new Recipes.Session();
    }

    /**
     * Returns the authenticator of names and passwords (DRF's {@code BasicAuthentication}).
     *
     * @return its recipe; needs {@code .users(…)}
     */
    public static AuthenticatorRecipe basic() {
        return new Recipes.Basic();
    }

    /**
     * Returns the authenticator of opaque tokens (DRF's {@code TokenAuthentication}).
     *
     * @return its recipe; needs {@code .users(…)} and {@code .tokens(…)}
     */
    public static AuthenticatorRecipe token() {
        return token("Token");
    }

    /**
     * Returns the authenticator of opaque tokens under another scheme.
     *
     * @param keyword for instance {@code Bearer}
     * @return its recipe; needs {@code .users(…)} and {@code .tokens(…)}
     */
    public static AuthenticatorRecipe token(String keyword) {
        return new Recipes.Token(keyword);
    }

    /**
     * Returns the authenticator of JWTs (simplejwt's {@code JWTAuthentication}).
     *
     * @return its recipe; needs {@code .users(…)} and {@code .jwt(…)}
     */
    public static AuthenticatorRecipe jwt() {
        return new Recipes.Jwt();
    }

    /**
     * Returns the authenticator of JWTs that asks no store (simplejwt's {@code JWTStatelessUserAuthentication}).
     *
     * @return its recipe; needs {@code .jwt(…)}
     */
    public static AuthenticatorRecipe statelessJwt() {
        return new Recipes.StatelessJwt();
    }

    /**
     * Returns the authenticator of users that the container vouches for (DRF's {@code RemoteUserAuthentication}).
     *
     * @return its recipe; needs {@code .users(…)}
     */
    public static AuthenticatorRecipe remoteUser() {
        return new Recipes.RemoteUser();
    }

    /**
     * Takes an authenticator of your own.
     *
     * @param authenticator the authenticator
     * @return its recipe
     */
    public static AuthenticatorRecipe custom(Authenticator authenticator) {
        return new Recipes.Custom(authenticator);
    }
}
