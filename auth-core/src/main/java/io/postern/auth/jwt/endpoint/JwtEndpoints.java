package io.postern.auth.jwt.endpoint;

import io.postern.auth.Authenticator;
import io.postern.auth.Challenge;
import io.postern.auth.Policy;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.jwt.TokenType;
import io.postern.auth.login.CredentialIssuer;
import io.postern.auth.login.LoginEndpoint;
import io.postern.auth.login.LoginFlow;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.permission.StandardPermissions;
import io.postern.auth.refresh.JwtTokens;
import io.postern.auth.session.Csrf;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * Adds the endpoints of signed tokens to those of an application, for whoever puts them together by hand; {@code
 * .jwt(keys)} does it too.
 *
 * <pre>{@code
 * JwtEndpoints.on(endpoints).jwt(login, flow, settings, tokens).keys(settings.keys(), clock);
 * }</pre>
 *
 * Not safe for use by several threads.
 */
public final class JwtEndpoints {

    private final Endpoints.Builder endpoints;

    private JwtEndpoints(Endpoints.Builder endpoints) {
        this.endpoints = endpoints;
    }

    /**
     * Adds nothing yet.
     *
     * @param endpoints collects what is added
     * @return the way to add to it
     */
    public static JwtEndpoints on(Endpoints.Builder endpoints) {
        return new JwtEndpoints(endpoints);
    }

    /**
     * Returns the issuers of JWTs in bodies: {@code jwt} and, if sliding tokens are accepted, {@code jwt-sliding}.
     *
     * @param settings the settings of tokens
     * @param tokens issues tokens
     * @return the issuers
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
     * @return the issuer
     */
    public static CredentialIssuer cookieIssuer(JwtSettings settings, JwtTokens tokens, JwtCookies cookies, Csrf csrf) {
        return new CookieIssuer(new TokenCookies(cookies, settings.lifetimes()), csrf, tokens);
    }

    /**
     * Adds {@code /jwt/create/}, {@code /jwt/refresh/}, {@code /jwt/verify/}, {@code /jwt/blacklist/} and, for
     * sliding tokens, {@code /jwt/sliding/create/} and {@code /jwt/sliding/refresh/}.
     *
     * @param login checks passwords
     * @param flow completes logins
     * @param settings what tokens say
     * @param tokens issues, refreshes and revokes them
     * @return this
     */
    public JwtEndpoints jwt(PasswordLogin login, LoginFlow flow, JwtSettings settings, JwtTokens tokens) {
        Challenge challenge = settings.names().challenge(settings.realm());
        Set<String> post = Set.of("POST");
        endpoints.addOpen("/jwt/create/", post, LoginEndpoint.jwt(endpoints.body(), login, flow, "jwt", challenge));
        endpoints.addOpen("/jwt/refresh/", post, TokenForm.refresh(endpoints.body(), tokens));
        endpoints.addOpen("/jwt/verify/", post, TokenForm.verify(endpoints.body(), tokens));
        endpoints.addOpen("/jwt/blacklist/", post, TokenForm.revoke(endpoints.body(), tokens));
        if (settings.accepted().contains(TokenType.SLIDING)) {
            endpoints.addOpen(
                    "/jwt/sliding/create/",
                    post,
                    LoginEndpoint.jwt(endpoints.body(), login, flow, "jwt-sliding", challenge));
            endpoints.addOpen("/jwt/sliding/refresh/", post, TokenForm.refreshSliding(endpoints.body(), tokens));
        }
        return this;
    }

    /**
     * Adds {@code /jwt/create/}, {@code /jwt/refresh/} and {@code /jwt/logout/} for tokens in cookies, and {@code
     * /jwt/verify/} and {@code /jwt/blacklist/} as {@link #jwt} does.
     *
     * @param login checks passwords
     * @param flow completes logins
     * @param settings what tokens say
     * @param tokens issues, refreshes and revokes them
     * @param cookies how browsers keep them
     * @param csrf the proof asked of requests with a cookie
     * @return this
     */
    public JwtEndpoints jwtInCookies(
            PasswordLogin login,
            LoginFlow flow,
            JwtSettings settings,
            JwtTokens tokens,
            JwtCookies cookies,
            Csrf csrf) {
        Challenge challenge = settings.names().challenge(settings.realm());
        CookieTransport transport = new CookieTransport(cookies, settings.lifetimes(), csrf, endpoints.body(), tokens);
        Set<String> post = Set.of("POST");
        endpoints.addOpen(
                "/jwt/create/", post, LoginEndpoint.jwt(endpoints.body(), login, flow, "jwt-cookies", challenge));
        endpoints.addOpen("/jwt/refresh/", post, transport.refresh());
        endpoints.addOpen("/jwt/logout/", post, transport.logout());
        endpoints.addOpen("/jwt/verify/", post, TokenForm.verify(endpoints.body(), tokens));
        endpoints.addOpen("/jwt/blacklist/", post, TokenForm.revoke(endpoints.body(), tokens));
        return this;
    }

    /**
     * Adds {@code /jwt/devices/}, which lists the logins of whoever asks, and below it {@code end/}, {@code
     * end-others/} and {@code end-all/}, which end them.
     *
     * @param authenticator reads the access token of whoever asks
     * @param tokens knows the logins
     * @return this
     */
    public JwtEndpoints devices(Authenticator authenticator, JwtTokens tokens) {
        Policy loggedIn = Policy.builder()
                .authenticators(authenticator)
                .permissions(StandardPermissions.isAuthenticated())
                .build();
        Set<String> post = Set.of("POST");
        endpoints.add("/jwt/devices/", Set.of("GET", "HEAD"), loggedIn, new ListDevices(tokens));
        endpoints.add("/jwt/devices/end/", post, loggedIn, EndDevices.one(endpoints.body(), tokens));
        endpoints.add("/jwt/devices/end-others/", post, loggedIn, EndDevices.others(tokens));
        endpoints.add("/jwt/devices/end-all/", post, loggedIn, EndDevices.all(tokens));
        return this;
    }

    /**
     * Adds {@code /jwks/}: the public halves of the keys (RFC 7517, section 5).
     *
     * @param keys who signs and who verifies
     * @param clock says which keys are in use
     * @return this
     */
    public JwtEndpoints keys(KeyRing keys, Clock clock) {
        endpoints.addOpen("/jwks/", Set.of("GET", "HEAD"), new ShowKeys(keys, clock));
        return this;
    }
}
