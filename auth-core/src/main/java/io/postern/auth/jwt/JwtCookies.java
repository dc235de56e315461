package io.postern.auth.jwt;

import io.postern.auth.session.CookieAttributes;
import io.postern.auth.session.CookieAttributes.SameSite;

/**
 * Sends JWTs to browsers in cookies instead of bodies.
 *
 * <pre>{@code
 * .jwt(keys).jwtCookies(JwtCookies.under("/auth/jwt/"))
 * }</pre>
 *
 * <p><b>Security.</b> Scripts cannot read the tokens, so injected scripts cannot steal them. Unsafe requests need a CSRF
 * token (see {@code Csrf}). A header takes precedence over a cookie, and an invalid cookie is ignored, so that a stale one
 * breaks no public page.
 *
 * @param accessName the name of the access token's cookie
 * @param access its attributes
 * @param refreshName the name of the refresh token's cookie
 * @param refresh its attributes; its path should cover the refresh and logout endpoints only
 */
public record JwtCookies(String accessName, CookieAttributes access, String refreshName, CookieAttributes refresh) {

    /**
     * Validates names and attributes (RFC 6265bis, section 4.1.3).
     *
     * @throws IllegalArgumentException if browsers would reject a cookie, or both have the same name
     */
    public JwtCookies {
        access.requireName(accessName);
        refresh.requireName(refreshName);
        if (accessName.equals(refreshName)) {
            throw new IllegalArgumentException("the two cookies must have different names");
        }
    }

    /**
     * Returns the safe settings: {@code __Host-access} for the whole site and {@code __Secure-refresh} for the endpoints
     * alone, both {@code HttpOnly} and {@code Secure}, the latter {@code SameSite=Strict}.
     *
     * @param endpoints the path of the JWT endpoints as browsers see it, for instance {@code /auth/jwt/}
     */
    public static JwtCookies under(String endpoints) {
        CookieAttributes attributes = CookieAttributes.credential();
        return new JwtCookies(
                "__Host-access",
                attributes,
                "__Secure-refresh",
                attributes.withPath(endpoints).withSameSite(SameSite.STRICT));
    }

    /**
     * Returns settings for development without TLS: names without prefix, {@code Secure} only if the request is.
     *
     * <p><b>Security.</b> An eavesdropper can read the tokens.
     */
    public JwtCookies overPlainHttp() {
        CookieAttributes.Secure when = CookieAttributes.Secure.WHEN_REQUEST_IS;
        return new JwtCookies("access", access.withSecure(when), "refresh", refresh.withSecure(when));
    }
}
