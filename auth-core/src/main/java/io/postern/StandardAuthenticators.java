package io.postern;

import io.postern.AuthenticatorFactory.Components;
import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.Policy;
import io.postern.auth.User;
import io.postern.auth.basic.BasicAuthenticator;
import io.postern.auth.session.SessionAuthenticator;
import io.postern.auth.token.TokenAuthenticator;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.util.Objects;

/**
 * Factories of the standard authenticators, for static import.
 *
 * <pre>{@code
 * .authenticators(session(), basic(), token())
 * }</pre>
 *
 * <p>The order matters: the first authenticator that recognises its credential decides, and the first of the list writes
 * the challenge. All methods are safe for use by several threads.
 */
public final class StandardAuthenticators {

    private StandardAuthenticators() {}

    /** Returns the authenticator of sessions (DRF's {@code SessionAuthentication}); needs {@code .users(…)}. */
    public static AuthenticatorFactory session() {
        return new Session();
    }

    /** Returns the authenticator of HTTP Basic (DRF's {@code BasicAuthentication}); needs {@code .users(…)}. */
    public static AuthenticatorFactory basic() {
        return new Basic();
    }

    /**
     * Returns the authenticator of opaque tokens (DRF's {@code TokenAuthentication}); needs {@code .users(…)} and
     * {@code .tokens(…)}.
     */
    public static AuthenticatorFactory token() {
        return token("Token");
    }

    /**
     * Returns the authenticator of opaque tokens under another scheme; needs {@code .users(…)} and {@code .tokens(…)}.
     *
     * @param keyword for instance {@code Bearer}
     */
    public static AuthenticatorFactory token(String keyword) {
        return new Token(keyword);
    }

    /**
     * Returns the authenticator of API keys: opaque tokens in a header of their own, issued and revoked by
     * {@link Postern#tokens()}. Needs {@code .users(…)} and {@code .tokens(…)}.
     *
     * @param header for instance {@code X-Api-Key}; its value is the token
     */
    public static AuthenticatorFactory apiKey(String header) {
        return new ApiKey(header);
    }

    /** Returns the authenticator of JWTs (simplejwt's {@code JWTAuthentication}); needs {@code .users(…)} and {@code .jwt(…)}. */
    public static AuthenticatorFactory jwt() {
        return new Jwt();
    }

    /**
     * Returns the authenticator of JWTs that looks up no user (simplejwt's {@code JWTStatelessUserAuthentication}); needs
     * {@code .jwt(…)}.
     */
    public static AuthenticatorFactory statelessJwt() {
        return new StatelessJwt();
    }

    /**
     * Returns the authenticator of users that the container has authenticated (DRF's {@code RemoteUserAuthentication});
     * needs {@code .users(…)}. Read about its security at {@link RemoteUser}.
     */
    public static AuthenticatorFactory remoteUser() {
        return new RemoteUserFactory();
    }

    static boolean isToken(Policy.AuthenticatorSource source) {
        return source instanceof Token;
    }

    static boolean isToken(Policy.AuthenticatorSource source, String scheme) {
        return source instanceof Token token && token.keyword().equalsIgnoreCase(scheme);
    }

    static boolean isJwt(Policy.AuthenticatorSource source) {
        return source instanceof Jwt || source instanceof StatelessJwt;
    }

    // Records, because equal factories share one authenticator.

    private record Session() implements AuthenticatorFactory {
        @Override
        public Authenticator create(Components components) {
            return new SessionAuthenticator(components.sessions(), components.csrf());
        }
    }

    private record Basic() implements AuthenticatorFactory {
        @Override
        public Authenticator create(Components components) {
            return BasicAuthenticator.of(components.login(), components.loginFlow());
        }
    }

    private record Token(String keyword) implements AuthenticatorFactory {
        @Override
        public Authenticator create(Components components) {
            return new TokenAuthenticator(components.tokens(), components.users(), keyword);
        }
    }

    private record ApiKey(String header) implements AuthenticatorFactory {
        @Override
        public Authenticator create(Components components) {
            return TokenAuthenticator.ofHeader(components.tokens(), components.users(), header);
        }
    }

    private record Jwt() implements AuthenticatorFactory {
        @Override
        public Authenticator create(Components components) {
            return components.jwt().authenticator();
        }
    }

    private record StatelessJwt() implements AuthenticatorFactory {
        @Override
        public Authenticator create(Components components) {
            return components.jwt().statelessAuthenticator();
        }
    }

    private record RemoteUserFactory() implements AuthenticatorFactory {
        @Override
        public Authenticator create(Components components) {
            return new RemoteUser(components.users());
        }
    }

    /**
     * Authenticates the user whom the container has already authenticated, for instance by a client certificate or Kerberos.
     *
     * <p><b>Security.</b> It reads {@link AuthRequest#remoteUser()} only. A header such as {@code Remote-User} is ignored, because
     * any client can send it. It does not check CSRF tokens, and browsers send client certificates and Kerberos tickets with
     * cross-site requests as they send cookies. For browsers, use it for safe methods only, or check {@code Origin} in front of
     * it.
     *
     * <p>Immutable and safe for use by several threads. Mirrors DRF's {@code RemoteUserAuthentication} (drf-contract RU-1 to
     * RU-4), except that unknown names never create a user.
     */
    public static final class RemoteUser implements Authenticator {

        private final UserStore users;

        /** Creates an authenticator that looks users up by the name that the container reports. */
        public RemoteUser(UserStore users) {
            this.users = Objects.requireNonNull(users, "users");
        }

        @Override
        public AuthResult authenticate(AuthRequest request) {
            return request.remoteUser()
                    .filter(name -> !name.isEmpty())
                    .flatMap(users::findByUsername)
                    .map(StoredUser::user)
                    .filter(User::isActive)
                    .map(AuthResult::authenticated)
                    .orElseGet(AuthResult::notAttempted);
        }

        @Override
        public String name() {
            return "remote";
        }
    }
}
