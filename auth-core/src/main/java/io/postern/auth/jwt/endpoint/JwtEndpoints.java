package io.postern.auth.jwt.endpoint;

import io.postern.auth.Authenticator;
import io.postern.auth.Challenge;
import io.postern.auth.Policy;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.jwt.JwtCookies;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.login.CredentialIssuer;
import io.postern.auth.login.LoginFlow;
import io.postern.auth.login.internal.LoginEndpoint;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.permission.StandardPermissions;
import io.postern.auth.session.Csrf;
import java.time.Clock;
import java.util.List;

/** Adds the JWT endpoints to those of an application, for {@code .jwt(keys)}. Not safe for use by several threads. */
public final class JwtEndpoints {

    private final Endpoints.Builder endpoints;

    private JwtEndpoints(Endpoints.Builder endpoints) {
        this.endpoints = endpoints;
    }

    /** Returns an object that adds to the given endpoints. */
    public static JwtEndpoints on(Endpoints.Builder endpoints) {
        return new JwtEndpoints(endpoints);
    }

    /**
     * Returns the issuers of JWTs in bodies: {@code jwt} and, if sliding tokens are accepted, {@code jwt-sliding}.
     *
     * @param settings the settings of tokens
     * @param tokens issues tokens
     */
    public static List<CredentialIssuer> issuers(JwtSettings settings, JwtTokens tokens) {
        return settings.accepted().contains(TokenType.SLIDING)
                ? List.of(new PairIssuer(tokens), new SlidingIssuer(tokens))
                : List.of(new PairIssuer(tokens));
    }

    /**
     * Returns the issuer of JWTs in cookies, {@code jwt-cookies}.
     *
     * @param settings the settings of tokens
     * @param tokens issues tokens
     * @param cookies the settings of the cookies
     * @param csrf the CSRF protection of requests with a cookie
     */
    public static CredentialIssuer cookieIssuer(JwtSettings settings, JwtTokens tokens, JwtCookies cookies, Csrf csrf) {
        return new CookieIssuer(new TokenCookies(cookies, settings), csrf, tokens);
    }

    /**
     * Adds {@code /jwt/create/}, {@code /jwt/refresh/}, {@code /jwt/verify/}, {@code /jwt/blacklist/} and, for
     * sliding tokens, {@code /jwt/sliding/create/} and {@code /jwt/sliding/refresh/}.
     */
    public JwtEndpoints jwt(PasswordLogin login, LoginFlow flow, JwtSettings settings, JwtTokens tokens) {
        Challenge challenge = settings.challenge();
        JwtResponses responses = new JwtResponses(endpoints.errorFormat(), challenge);
        endpoints.addPublic(
                "/jwt/create/",
                methods -> methods.post(LoginEndpoint.jwt(endpoints.errorFormat(), login, flow, "jwt", challenge)));
        endpoints.addPublic("/jwt/refresh/", methods -> methods.post(TokenForm.refresh(tokens, responses)));
        endpoints.addPublic("/jwt/verify/", methods -> methods.post(TokenForm.verify(tokens, responses)));
        endpoints.addPublic("/jwt/blacklist/", methods -> methods.post(TokenForm.revoke(tokens, responses)));
        if (settings.accepted().contains(TokenType.SLIDING)) {
            endpoints.addPublic(
                    "/jwt/sliding/create/",
                    methods -> methods.post(
                            LoginEndpoint.jwt(endpoints.errorFormat(), login, flow, "jwt-sliding", challenge)));
            endpoints.addPublic(
                    "/jwt/sliding/refresh/", methods -> methods.post(TokenForm.refreshSliding(tokens, responses)));
        }
        return this;
    }

    /**
     * Adds {@code /jwt/create/}, {@code /jwt/refresh/} and {@code /jwt/logout/} for tokens in cookies, and {@code
     * /jwt/verify/} and {@code /jwt/blacklist/} as {@link #jwt} does.
     */
    public JwtEndpoints jwtInCookies(
            PasswordLogin login,
            LoginFlow flow,
            JwtSettings settings,
            JwtTokens tokens,
            JwtCookies cookies,
            Csrf csrf) {
        Challenge challenge = settings.challenge();
        JwtResponses responses = new JwtResponses(endpoints.errorFormat(), challenge);
        CookieTransport transport = new CookieTransport(cookies, settings, csrf, tokens, responses);
        endpoints.addPublic(
                "/jwt/create/",
                methods -> methods.post(
                        LoginEndpoint.jwt(endpoints.errorFormat(), login, flow, "jwt-cookies", challenge)));
        endpoints.addPublic("/jwt/refresh/", methods -> methods.post(transport.refresh()));
        endpoints.addPublic("/jwt/logout/", methods -> methods.post(transport.logout()));
        endpoints.addPublic("/jwt/verify/", methods -> methods.post(TokenForm.verify(tokens, responses)));
        endpoints.addPublic("/jwt/blacklist/", methods -> methods.post(TokenForm.revoke(tokens, responses)));
        return this;
    }

    /**
     * Adds {@code /jwt/devices/}, which lists the families of the authenticated user, and below it {@code end/}, {@code
     * end-others/} and {@code end-all/}, which revoke them.
     */
    public JwtEndpoints devices(Authenticator authenticator, JwtTokens tokens) {
        Policy loggedIn = Policy.builder()
                .authenticators(authenticator)
                .permissions(StandardPermissions.isAuthenticated())
                .build();
        endpoints.add("/jwt/devices/", loggedIn, methods -> methods.get(new ListDevices(tokens)));
        endpoints.add("/jwt/devices/end/", loggedIn, methods -> methods.post(EndDevices.one(tokens)));
        endpoints.add("/jwt/devices/end-others/", loggedIn, methods -> methods.post(EndDevices.others(tokens)));
        endpoints.add("/jwt/devices/end-all/", loggedIn, methods -> methods.post(EndDevices.all(tokens)));
        return this;
    }

    /** Adds {@code /jwks/}: the public keys (RFC 7517, section 5). */
    public JwtEndpoints keys(KeyRing keys, Clock clock) {
        endpoints.addPublic("/jwks/", methods -> methods.get(new ShowKeys(keys, clock)));
        return this;
    }
}
