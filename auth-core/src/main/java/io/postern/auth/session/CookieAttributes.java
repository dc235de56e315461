package io.postern.auth.session;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a cookie is kept by the browser.
 *
 * @param path where it is sent; {@code /} by default
 * @param maxAge how long it is kept; empty until the browser closes
 * @param sameSite which cross-site requests carry it
 * @param httpOnly whether scripts are kept from reading it
 * @param secure when it is kept off plain connections
 */
public record CookieAttributes(
        String path, Optional<Duration> maxAge, SameSite sameSite, boolean httpOnly, Secure secure) {

    private static final int LONGEST = 4096;

    /** When the {@code Secure} attribute is written. */
    public enum Secure {
        /** Always: the cookie never travels in clear. */
        ALWAYS,
        /** Whenever the request that sets it came over TLS. */
        WHEN_REQUEST_IS
    }

    /**
     * Refuses a path that would break the header.
     *
     * @param path where it is sent
     * @param maxAge how long it is kept
     * @param sameSite which cross-site requests carry it
     * @param httpOnly whether scripts are kept from reading it
     * @param secure when it is kept off plain connections
     * @throws IllegalArgumentException if browsers would drop the cookie, or misread it
     */
    public CookieAttributes {
        Objects.requireNonNull(sameSite, "sameSite");
        if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ' || c == ';' || c >= 0x7F)) {
            throw new IllegalArgumentException("a cookie's path begins with / and has no blank or semicolon");
        }
        if (sameSite == SameSite.NONE && secure != Secure.ALWAYS) {
            throw new IllegalArgumentException("browsers drop SameSite=None cookies that are not Secure: use ALWAYS");
        }
    }

    /**
     * Returns Django's attributes of the CSRF cookie: 52 weeks, path {@code /}, {@code SameSite=Lax}, readable by
     * scripts (drf-contract CF-4); {@code Secure} when the request is.
     *
     * @return the attributes
     */
    public static CookieAttributes csrf() {
        return new CookieAttributes(
                "/", Optional.of(Duration.ofDays(364)), SameSite.LAX, false, Secure.WHEN_REQUEST_IS);
    }

    /**
     * Returns the attributes of a cookie that proves who somebody is: until the browser closes, path {@code /}, {@code
     * SameSite=Lax}, hidden from scripts, never over plain connections.
     *
     * @return the attributes
     */
    public static CookieAttributes credential() {
        return new CookieAttributes("/", Optional.empty(), SameSite.LAX, true, Secure.ALWAYS);
    }

    /**
     * Refuses a name under which browsers would drop a cookie of these attributes (RFC 6265bis, section 4.1.3).
     *
     * @param name the cookie's name; {@code __Host-} demands {@link Secure#ALWAYS} and the path {@code /}, any other {@code
     *     __} the former
     * @throws IllegalArgumentException if the name cannot be sent, or its prefix promises more than is written
     */
    public void requireName(String name) {
        header(name, "", true);
        boolean host = name.startsWith("__Host-") && !path.equals("/");
        if (host || (name.startsWith("__") && secure != Secure.ALWAYS)) {
            throw new IllegalArgumentException("browsers drop the cookie " + name
                    + " unless it is Secure.ALWAYS with the path /: choose a name without the prefix");
        }
    }

    /**
     * Returns these attributes with another path.
     *
     * @param value where the cookie is sent
     * @return new attributes
     */
    public CookieAttributes path(String value) {
        return new CookieAttributes(value, maxAge, sameSite, httpOnly, secure);
    }

    /**
     * Returns these attributes with another age.
     *
     * @param value how long the cookie is kept
     * @return new attributes
     */
    public CookieAttributes maxAge(Duration value) {
        return new CookieAttributes(path, Optional.of(value), sameSite, httpOnly, secure);
    }

    /**
     * Returns these attributes with {@code Secure} written as given.
     *
     * @param when when to write it
     * @return new attributes
     */
    public CookieAttributes secure(Secure when) {
        return new CookieAttributes(path, maxAge, sameSite, httpOnly, when);
    }

    /**
     * Returns these attributes with another {@code SameSite}.
     *
     * @param value the attribute
     * @return new attributes
     */
    public CookieAttributes sameSite(SameSite value) {
        return new CookieAttributes(path, maxAge, value, httpOnly, secure);
    }

    /**
     * Returns the {@code Set-Cookie} value that sets a cookie.
     *
     * @param name the cookie's name
     * @param value its value; letters, digits and {@code - _ .} only
     * @param requestIsSecure whether the request came over TLS
     * @return the header's value
     * @throws IllegalArgumentException if name or value have other characters
     * @throws IllegalStateException if both together are longer than browsers keep (RFC 6265bis, section 5.6)
     */
    public String header(String name, String value, boolean requestIsSecure) {
        if (!value.matches("[A-Za-z0-9._-]*") || !name.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("cookie names and values are letters, digits and - _ . only");
        }
        if (name.length() + value.length() > LONGEST) {
            throw new IllegalStateException("the cookie " + name + " would have more than " + LONGEST
                    + " characters, which browsers drop: put fewer claims into tokens");
        }
        StringBuilder text = new StringBuilder(name).append('=').append(value);
        maxAge.ifPresent(age -> text.append("; Max-Age=").append(age.toSeconds()));
        text.append("; Path=").append(path).append("; SameSite=").append(sameSite.text());
        if (secure == Secure.ALWAYS || requestIsSecure) {
            text.append("; Secure");
        }
        return (httpOnly ? text.append("; HttpOnly") : text).toString();
    }

    /**
     * Returns the {@code Set-Cookie} value that makes the browser forget a cookie; it repeats the attributes, without
     * which browsers keep it.
     *
     * @param name the cookie's name
     * @param requestIsSecure whether the request came over TLS
     * @return the header's value
     */
    public String deletion(String name, boolean requestIsSecure) {
        return maxAge(Duration.ZERO).header(name, "", requestIsSecure) + "; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    }
}
