package io.postern.auth.session;

import java.time.Duration;
import java.util.Objects;

/**
 * How sessions are kept in a {@link SessionStore}, and their cookie by browsers.
 *
 * <pre>{@code
 * .sessions(store, settings -> settings.withIdleTimeout(Duration.ofMinutes(30)).withAbsoluteTimeout(Duration.ofHours(12)))
 * }</pre>
 *
 * @param cookieName the cookie's name; {@code __Host-} makes browsers demand TLS and the path {@code /}
 * @param cookie how browsers keep the cookie
 * @param idleTimeout how long a session lives after it was last used
 * @param absoluteTimeout how long it lives after the login, however often it is used
 */
public record SessionSettings(
        String cookieName, CookieAttributes cookie, Duration idleTimeout, Duration absoluteTimeout) {

    /**
     * Refuses what cannot work.
     *
     * @param cookieName the cookie's name
     * @param cookie how browsers keep the cookie
     * @param idleTimeout how long a session lives after it was last used
     * @param absoluteTimeout how long it lives after the login
     * @throws IllegalArgumentException if browsers would drop the cookie, or a session would not live
     */
    public SessionSettings {
        Objects.requireNonNull(idleTimeout, "idleTimeout");
        cookie.requireName(cookieName);
        if (idleTimeout.compareTo(Duration.ofMinutes(2)) < 0 || absoluteTimeout.compareTo(idleTimeout) < 0) {
            throw new IllegalArgumentException(
                    "idleTimeout is " + idleTimeout + " and absoluteTimeout " + absoluteTimeout
                            + "; choose at least 2 minutes, because uses are noted once a minute, and absoluteTimeout not below idleTimeout");
        }
    }

    /**
     * Returns Django's lifetime, 14 days from the login, with a cookie that never travels in clear (drf-contract SE-1).
     *
     * @return the settings
     */
    public static SessionSettings django() {
        Duration age = Duration.ofDays(14);
        return new SessionSettings("__Host-session", CookieAttributes.credential(), age, age);
    }

    /**
     * Returns half an hour without use and twelve hours in all (OWASP ASVS 7.3.1, 7.3.2).
     *
     * @return the settings
     */
    public static SessionSettings strict() {
        return django().withIdleTimeout(Duration.ofMinutes(30)).withAbsoluteTimeout(Duration.ofHours(12));
    }

    /**
     * Returns these settings with another cookie.
     *
     * @param name its name
     * @param attributes how browsers keep it
     * @return new settings
     */
    public SessionSettings cookie(String name, CookieAttributes attributes) {
        return new SessionSettings(name, attributes, idleTimeout, absoluteTimeout);
    }

    /**
     * Returns these settings with another time without use.
     *
     * @param value how long a session lives after it was last used
     * @return new settings
     */
    public SessionSettings withIdleTimeout(Duration value) {
        return new SessionSettings(
                cookieName, cookie, value, absoluteTimeout.compareTo(value) < 0 ? value : absoluteTimeout);
    }

    /**
     * Returns these settings with another absoluteTimeout life.
     *
     * @param value how long a session lives after the login; if idleTimeout was longer, it is as long
     * @return new settings
     */
    public SessionSettings withAbsoluteTimeout(Duration value) {
        return new SessionSettings(cookieName, cookie, idleTimeout.compareTo(value) > 0 ? value : idleTimeout, value);
    }
}
