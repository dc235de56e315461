package io.postern;

import io.postern.auth.Authenticator;
import io.postern.auth.basic.BasicAuthenticator;
import io.postern.auth.remote.RemoteUserAuthenticator;
import io.postern.auth.session.SessionAuthenticator;
import io.postern.auth.token.TokenAuthenticator;

/** The factories behind {@link StandardAuthenticators}; records, so that equal ones are created once. */
final class StandardFactories {

    private StandardFactories() {}

    record Session() implements AuthenticatorFactory {
        @Override
        public Authenticator create(Components parts) {
            return new SessionAuthenticator(parts.sessions(), parts.csrf());
        }
    }

    record Basic() implements AuthenticatorFactory {
        @Override
        public Authenticator create(Components parts) {
            return BasicAuthenticator.of(parts.login()).withLoginSteps(parts.loginFlow());
        }
    }

    record Token(String keyword) implements AuthenticatorFactory {
        @Override
        public Authenticator create(Components parts) {
            return new TokenAuthenticator(parts.tokens(), parts.users(), keyword);
        }
    }

    record Jwt() implements AuthenticatorFactory {
        @Override
        public Authenticator create(Components parts) {
            return parts.jwt().authenticator();
        }
    }

    record StatelessJwt() implements AuthenticatorFactory {
        @Override
        public Authenticator create(Components parts) {
            return parts.jwt().statelessAuthenticator();
        }
    }

    record RemoteUser() implements AuthenticatorFactory {
        @Override
        public Authenticator create(Components parts) {
            return new RemoteUserAuthenticator(parts.users());
        }
    }

    record Custom(Authenticator authenticator) implements AuthenticatorFactory {
        @Override
        public Authenticator create(Components parts) {
            return authenticator;
        }
    }
}
