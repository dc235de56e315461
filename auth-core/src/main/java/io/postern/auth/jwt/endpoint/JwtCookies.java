package io.postern.auth.jwt.endpoint;

import io.postern.auth.session.CookieAttributes;
import io.postern.auth.session.CookieAttributes.SameSite;

/**
 * Lets signed tokens travel in cookies instead of bodies, for browsers.
 *
 * <pre>{@code
 * .jwt(keys).jwtCookies(JwtCookies.under("/auth/jwt/"))
 * }</pre>
 *
 * <b>Security.</b> Scripts cannot read the tokens, so a script that was smuggled in cannot carry them away. Requests that
 * could change something have to prove that they come from a page of ours (see {@code Csrf}). A header goes before a
 * cookie, and a cookie that is no good counts as none, so that a stale one breaks nothing.
 *
 * @param accessName the access token's cookie
 * @param access how the browser keeps it
 * @param refreshName the refresh token's cookie
 * @param refresh how the browser keeps it; its path ought to cover the refresh and logout endpoints only
 */
public record JwtCookies(String accessName, CookieAttributes access, String refreshName, CookieAttributes refresh) {

    /**
     * Refuses what browsers refuse (RFC 6265bis, section 4.1.3).
     *
     * @param accessName the access token's cookie
     * @param access how the browser keeps it
     * @param refreshName the refresh token's cookie
     * @param refresh how the browser keeps it
     * @throws IllegalArgumentException if browsers would drop a cookie, or both have one name
     */
    public JwtCookies {
        access.requireName(accessName);
        refresh.requireName(refreshName);
        if (accessName.equals(refreshName)) {
            throw new IllegalArgumentException("the two cookies need two names");
        }
    }

    /**
     * Returns the safe settings: {@code __Host-access} for the whole site and {@code __Secure-refresh} for the endpoints
     * alone, both {@code HttpOnly} and over TLS only, the latter {@code SameSite=Strict}.
     *
     * @param endpoints the path of the JWT endpoints as browsers see it, for instance {@code /auth/jwt/}
     * @return the settings
     */
    public static JwtCookies under(String endpoints) {
        CookieAttributes kept = CookieAttributes.credential();
        return new JwtCookies(
                "__Host-access", kept, "__Secure-refresh", kept.withPath(endpoints).withSameSite(SameSite.STRICT));
    }

    /**
     * Returns settings for development without TLS: names without prefix, {@code Secure} only where the request is.
     *
     * <p><b>Security.</b> Whoever sees the traffic has the tokens.
     *
     * @return new settings
     */
    public JwtCookies overPlainHttp() {
        CookieAttributes.Secure when = CookieAttributes.Secure.WHEN_REQUEST_IS;
        return new JwtCookies("access", access.withSecure(when), "refresh", refresh.withSecure(when));
    }
}
