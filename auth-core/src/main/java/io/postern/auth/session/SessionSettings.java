package io.postern.auth.session;

import java.time.Duration;
import java.util.Objects;

/**
 * How sessions are kept in a {@link SessionStore}, and their cookie by browsers.
 *
 * <pre>{@code
 * .sessions(store, settings -> settings.idle(Duration.ofMinutes(30)).longest(Duration.ofHours(12)))
 * }</pre>
 *
 * @param cookieName the cookie's name; {@code __Host-} makes browsers demand TLS and the path {@code /}
 * @param cookie how browsers keep the cookie
 * @param idle how long a session lives after it was last used
 * @param longest how long it lives after the login, however often it is used
 */
public record SessionSettings(String cookieName, CookieAttributes cookie, Duration idle, Duration longest) {

    /**
     * Refuses what cannot work.
     *
     * @param cookieName the cookie's name
     * @param cookie how browsers keep the cookie
     * @param idle how long a session lives after it was last used
     * @param longest how long it lives after the login
     * @throws IllegalArgumentException if browsers would drop the cookie, or a session would not live
     */
    public SessionSettings {
        Objects.requireNonNull(idle, "idle");
        cookie.requireName(cookieName);
        if (idle.compareTo(Duration.ofMinutes(2)) < 0 || longest.compareTo(idle) < 0) {
            throw new IllegalArgumentException("idle is " + idle + " and longest " + longest
                    + "; choose at least 2 minutes, because uses are noted once a minute, and longest not below idle");
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
        return django().idle(Duration.ofMinutes(30)).longest(Duration.ofHours(12));
    }

    /**
     * Returns these settings with another cookie.
     *
     * @param name its name
     * @param attributes how browsers keep it
     * @return new settings
     */
    public SessionSettings cookie(String name, CookieAttributes attributes) {
        return new SessionSettings(name, attributes, idle, longest);
    }

    /**
     * Returns these settings with another time without use.
     *
     * @param value how long a session lives after it was last used
     * @return new settings
     */
    public SessionSettings idle(Duration value) {
        return new SessionSettings(cookieName, cookie, value, longest.compareTo(value) < 0 ? value : longest);
    }

    /**
     * Returns these settings with another longest life.
     *
     * @param value how long a session lives after the login; if idle was longer, it is as long
     * @return new settings
     */
    public SessionSettings longest(Duration value) {
        return new SessionSettings(cookieName, cookie, idle.compareTo(value) > 0 ? value : idle, value);
    }
}
