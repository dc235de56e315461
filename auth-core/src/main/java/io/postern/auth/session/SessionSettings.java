package io.postern.auth.session;

import java.time.Duration;
import java.util.Objects;

/**
 * The lifetime of sessions in a {@link SessionStore}, and their cookie.
 *
 * <pre>{@code
 * .sessions(store, settings -> settings.withIdleTimeout(Duration.ofMinutes(30)).withAbsoluteTimeout(Duration.ofHours(12)))
 * }</pre>
 *
 * @param cookieName the cookie's name; {@code __Host-} makes browsers require TLS and the path {@code /}
 * @param cookie the cookie's attributes
 * @param idleTimeout how long a session lives after it was last used
 * @param absoluteTimeout how long it lives after the login, however often it is used
 * @param csrfBound whether the CSRF cookie has to match the session
 * @param persistent whether browsers keep the cookie, for the absolute time-out or the age of its attributes, instead of
 *     until they close (Django's {@code SESSION_EXPIRE_AT_BROWSER_CLOSE}, negated)
 */
public record SessionSettings(
        String cookieName,
        CookieAttributes cookie,
        Duration idleTimeout,
        Duration absoluteTimeout,
        boolean csrfBound,
        boolean persistent) {

    /**
     * Validates the components.
     *
     * @throws IllegalArgumentException if browsers would drop the cookie, or the time-outs contradict each other
     */
    public SessionSettings {
        Objects.requireNonNull(idleTimeout, "idleTimeout");
        cookie.requireName(cookieName);
        if (idleTimeout.compareTo(Duration.ofMinutes(2)) < 0 || absoluteTimeout.compareTo(idleTimeout) < 0) {
            throw new IllegalArgumentException("idleTimeout is " + idleTimeout + " and absoluteTimeout "
                    + absoluteTimeout
                    + "; choose at least 2 minutes, because last uses are recorded once a minute, and "
                    + "absoluteTimeout not below idleTimeout");
        }
    }

    /**
     * Returns Django's lifetime, 14 days from the login, with a cookie that requires TLS and that browsers keep as long
     * (drf-contract SE-1).
     */
    public static SessionSettings django() {
        Duration age = Duration.ofDays(14);
        return new SessionSettings("__Host-session", CookieAttributes.credential(), age, age, true, true);
    }

    /**
     * Returns an idle time-out of half an hour and an absolute one of twelve hours (OWASP ASVS 7.3.1, 7.3.2), with a cookie
     * that browsers keep until they close.
     */
    public static SessionSettings strict() {
        return django().withIdleTimeout(Duration.ofMinutes(30))
                .withAbsoluteTimeout(Duration.ofHours(12))
                .withPersistentCookie(false);
    }

    /** Returns a copy with another cookie. */
    public SessionSettings withCookie(String name, CookieAttributes attributes) {
        return new SessionSettings(name, attributes, idleTimeout, absoluteTimeout, csrfBound, persistent);
    }

    /** Returns a copy with another idle time-out; an absolute time-out that is shorter is raised to it. */
    public SessionSettings withIdleTimeout(Duration value) {
        Duration end = absoluteTimeout.compareTo(value) < 0 ? value : absoluteTimeout;
        return new SessionSettings(cookieName, cookie, value, end, csrfBound, persistent);
    }

    /** Returns a copy with another absolute time-out; an idle time-out that is longer is cut to it. */
    public SessionSettings withAbsoluteTimeout(Duration value) {
        Duration idle = idleTimeout.compareTo(value) > 0 ? value : idleTimeout;
        return new SessionSettings(cookieName, cookie, idle, value, csrfBound, persistent);
    }

    /**
     * Returns a copy that lets the CSRF cookie be independent of the session, for sessions that another framework starts
     * too, such as Django.
     *
     * <p><b>Security.</b> A CSRF cookie planted from a neighbouring host is accepted then.
     */
    public SessionSettings withUnboundCsrf() {
        return new SessionSettings(cookieName, cookie, idleTimeout, absoluteTimeout, false, persistent);
    }

    /** Returns a copy whose cookie browsers keep as long as the session may live, or until they close. */
    public SessionSettings withPersistentCookie(boolean value) {
        return new SessionSettings(cookieName, cookie, idleTimeout, absoluteTimeout, csrfBound, value);
    }

    /** Returns the attributes of the cookie of a new session; an age that they have themselves is kept. */
    CookieAttributes newCookie() {
        return persistent && cookie.maxAge().isEmpty() ? cookie.withMaxAge(absoluteTimeout) : cookie;
    }
}
