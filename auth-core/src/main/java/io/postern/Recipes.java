package io.postern;

import io.postern.auth.Authenticator;
import io.postern.auth.basic.BasicAuthenticator;
import io.postern.auth.remote.RemoteUserAuthenticator;
import io.postern.auth.session.SessionAuthenticator;
import io.postern.auth.token.TokenAuthenticator;

/** The recipes behind {@link StandardAuthenticators}; records, so that equal ones are cooked once. */
final class Recipes {

    private Recipes() {}

    record Session() implements AuthenticatorRecipe {
        @Override
        public Authenticator make(Parts parts) {
            return new SessionAuthenticator(parts.sessions(), parts.csrf());
        }
    }

    record Basic() implements AuthenticatorRecipe {
        @Override
        public Authenticator make(Parts parts) {
            return BasicAuthenticator.of(parts.login());
        }
    }

    record Token(String keyword) implements AuthenticatorRecipe {
        @Override
        public Authenticator make(Parts parts) {
            return new TokenAuthenticator(parts.tokens(), parts.users(), keyword);
        }
    }

    record Jwt() implements AuthenticatorRecipe {
        @Override
        public Authenticator make(Parts parts) {
            return parts.jwt().authenticator();
        }
    }

    record StatelessJwt() implements AuthenticatorRecipe {
        @Override
        public Authenticator make(Parts parts) {
            return parts.jwt().statelessAuthenticator();
        }
    }

    record RemoteUser() implements AuthenticatorRecipe {
        @Override
        public Authenticator make(Parts parts) {
            return new RemoteUserAuthenticator(parts.users());
        }
    }

    record Custom(Authenticator authenticator) implements AuthenticatorRecipe {
        @Override
        public Authenticator make(Parts parts) {
            return authenticator;
        }
    }
}
