package io.postern.auth.session;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The attributes of a cookie.
 *
 * @param path the path that the cookie is sent to; {@code /} by default
 * @param maxAge how long browsers keep it; empty until the browser closes
 * @param sameSite the cross-site requests that carry it
 * @param httpOnly whether it is hidden from scripts
 * @param secure when the {@code Secure} attribute is written
 */
public record CookieAttributes(
        String path, Optional<Duration> maxAge, SameSite sameSite, boolean httpOnly, Secure secure) {

    private static final int MAX_LENGTH = 4096;

    /** When the {@code Secure} attribute is written. */
    public enum Secure {
        /** Always: the cookie never travels in clear. */
        ALWAYS,
        /** Whenever the request that sets it came over TLS. */
        WHEN_REQUEST_IS
    }

    /** The cross-site requests with which a browser sends a cookie (RFC 6265bis, section 4.1.2.7). */
    public enum SameSite {

        /** None. */
        STRICT("Strict"),

        /** Top-level navigations by a safe method. */
        LAX("Lax"),

        /** All; browsers require {@code Secure} then. */
        NONE("None");

        private final String text;

        SameSite(String text) {
            this.text = text;
        }

        /** Returns the value as written in {@code Set-Cookie}, for instance {@code Lax}. */
        public String text() {
            return text;
        }
    }

    /**
     * Validates the components.
     *
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
     */
    public static CookieAttributes csrf() {
        return new CookieAttributes(
                "/", Optional.of(Duration.ofDays(364)), SameSite.LAX, false, Secure.WHEN_REQUEST_IS);
    }

    /**
     * Returns the attributes of a cookie that authenticates: until the browser closes, path {@code /}, {@code
     * SameSite=Lax}, hidden from scripts, only over TLS.
     */
    public static CookieAttributes credential() {
        return new CookieAttributes("/", Optional.empty(), SameSite.LAX, true, Secure.ALWAYS);
    }

    /**
     * Throws if browsers would drop a cookie with these attributes and a name (RFC 6265bis, section 4.1.3).
     *
     * @param name the cookie's name; {@code __Host-} requires {@link Secure#ALWAYS} and the path {@code /}, any other {@code
     *     __} the former
     * @throws IllegalArgumentException if the name has other characters than a cookie's, or its prefix requires more
     */
    public void requireName(String name) {
        header(name, "", true);
        boolean host = name.startsWith("__Host-") && !path.equals("/");
        if (host || (name.startsWith("__") && secure != Secure.ALWAYS)) {
            throw new IllegalArgumentException("browsers drop the cookie " + name
                    + " unless it is Secure.ALWAYS with the path /: choose a name without the prefix");
        }
    }

    /** Returns a copy with another path. */
    public CookieAttributes withPath(String value) {
        return new CookieAttributes(value, maxAge, sameSite, httpOnly, secure);
    }

    /** Returns a copy with another age. */
    public CookieAttributes withMaxAge(Duration value) {
        return new CookieAttributes(path, Optional.of(value), sameSite, httpOnly, secure);
    }

    /** Returns a copy with {@code Secure} written at another time. */
    public CookieAttributes withSecure(Secure when) {
        return new CookieAttributes(path, maxAge, sameSite, httpOnly, when);
    }

    /** Returns a copy with another {@code SameSite}. */
    public CookieAttributes withSameSite(SameSite value) {
        return new CookieAttributes(path, maxAge, value, httpOnly, secure);
    }

    /** Returns whether browsers drop the cookie because a response over plain HTTP sets it. */
    boolean isDropped(boolean requestIsSecure) {
        return secure == Secure.ALWAYS && !requestIsSecure;
    }

    /**
     * Returns the {@code Set-Cookie} value that sets a cookie.
     *
     * @param value letters, digits and {@code - _ .} only
     * @param requestIsSecure whether the request came over TLS
     * @throws IllegalArgumentException if name or value have other characters
     * @throws IllegalStateException if both together are longer than browsers keep (RFC 6265bis, section 5.6)
     */
    public String header(String name, String value, boolean requestIsSecure) {
        if (!value.matches("[A-Za-z0-9._-]*") || !name.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("cookie names and values are letters, digits and - _ . only");
        }
        if (name.length() + value.length() > MAX_LENGTH) {
            throw new IllegalStateException("the cookie " + name + " would have more than " + MAX_LENGTH
                    + " characters, which browsers drop: put fewer claims into tokens");
        }
        StringBuilder header = new StringBuilder(name).append('=').append(value);
        maxAge.ifPresent(age -> header.append("; Max-Age=").append(age.toSeconds()));
        header.append("; Path=").append(path).append("; SameSite=").append(sameSite.text());
        if (secure == Secure.ALWAYS || requestIsSecure) {
            header.append("; Secure");
        }
        return (httpOnly ? header.append("; HttpOnly") : header).toString();
    }

    /**
     * Returns the {@code Set-Cookie} value that makes the browser delete a cookie; it repeats the attributes, without
     * which browsers keep it.
     *
     * @param requestIsSecure whether the request came over TLS
     */
    public String deletion(String name, boolean requestIsSecure) {
        return withMaxAge(Duration.ZERO).header(name, "", requestIsSecure) + "; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    }
}
