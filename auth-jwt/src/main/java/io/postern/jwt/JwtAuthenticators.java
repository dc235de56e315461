package io.postern.jwt;

import io.postern.AuthenticatorRecipe;
import io.postern.Parts;
import io.postern.auth.Authenticator;

/**
 * The authenticators of signed tokens under short names, to be imported statically beside {@link
 * io.postern.StandardAuthenticators}.
 *
 * <pre>{@code
 * .with(Jwt.of(keys)).authenticators(session(), basic(), jwt())
 * }</pre>
 *
 * All methods are safe for use by several threads.
 */
public final class JwtAuthenticators {

    private JwtAuthenticators() {}

    /**
     * Returns the authenticator of signed tokens (simplejwt's {@code JWTAuthentication}).
     *
     * @return its recipe; needs {@code .users(…)} and {@code .with(Jwt.of(…))}
     */
    public static AuthenticatorRecipe jwt() {
        return new WithUsers();
    }

    /**
     * Returns the authenticator of signed tokens that asks no store (simplejwt's {@code JWTStatelessUserAuthentication}).
     *
     * @return its recipe; needs {@code .with(Jwt.of(…))}
     */
    public static AuthenticatorRecipe statelessJwt() {
        return new Stateless();
    }

    private record WithUsers() implements AuthenticatorRecipe {
        @Override
        public Authenticator make(Parts parts) {
            return JwtService.of(parts).authenticator();
        }
    }

    private record Stateless() implements AuthenticatorRecipe {
        @Override
        public Authenticator make(Parts parts) {
            return JwtService.of(parts).statelessAuthenticator();
        }
    }
}
