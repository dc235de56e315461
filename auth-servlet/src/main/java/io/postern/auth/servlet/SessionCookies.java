package io.postern.auth.servlet;

import io.postern.auth.session.CookieAttributes.SameSite;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import java.util.EnumSet;

/**
 * Gives the container's session cookie safe attributes: {@code HttpOnly}, {@code Secure}, {@code SameSite=Lax}, and no
 * session ids in URLs.
 *
 * <pre>{@code
 * SessionCookies.safe().harden(servletContext);                               // __Host-sessionid
 * SessionCookies.safe().overPlainHttp().name("sid").harden(servletContext);   // on a developer's machine
 * }</pre>
 *
 * Call {@link #harden} while the application starts, in a {@code ServletContextListener} or a
 * {@code ServletContainerInitializer}; later, containers refuse (Servlet 6.0, section 4.4.3).
 *
 * @param name the cookie's name; {@code __Host-} demands {@code Secure} and the path {@code /} of browsers
 * @param secure whether browsers may send it over TLS only
 * @param sameSite which requests from other sites it is sent with
 */
public record SessionCookies(String name, boolean secure, SameSite sameSite) {

    private static final String HOST_PREFIX = "__Host-";

    /**
     * Refuses combinations that browsers refuse.
     *
     * @param name the cookie's name
     * @param secure whether browsers may send it over TLS only
     * @param sameSite which requests from other sites it is sent with
     * @throws IllegalArgumentException if browsers would drop the cookie
     */
    public SessionCookies {
        if (!secure && (name.startsWith("__") || sameSite == SameSite.NONE)) {
            throw new IllegalArgumentException("browsers drop the cookie " + name + " with SameSite=" + sameSite.text()
                    + " unless it is Secure; serve TLS, or choose another name and SameSite=Lax");
        }
    }

    /**
     * Returns the safe settings: the name {@code __Host-sessionid}, over TLS only, {@code SameSite=Lax}.
     *
     * @return the settings
     */
    public static SessionCookies safe() {
        return new SessionCookies(HOST_PREFIX + "sessionid", true, SameSite.LAX);
    }

    /**
     * Returns these settings with another name.
     *
     * @param other the cookie's name
     * @return new settings
     */
    public SessionCookies name(String other) {
        return new SessionCookies(other, secure, sameSite);
    }

    /**
     * Returns these settings with another {@code SameSite}.
     *
     * @param other which requests from other sites it is sent with
     * @return new settings
     */
    public SessionCookies sameSite(SameSite other) {
        return new SessionCookies(name, secure, other);
    }

    /**
     * Returns these settings without {@code Secure}, and with a name without {@code __Host-}.
     *
     * <p><b>Security.</b> Whoever sees the traffic can take over sessions: for development only.
     *
     * @return new settings
     */
    public SessionCookies overPlainHttp() {
        String plain = name.startsWith(HOST_PREFIX) ? name.substring(HOST_PREFIX.length()) : name;
        return new SessionCookies(plain, false, sameSite);
    }

    /**
     * Applies these settings.
     *
     * @param context the application, while it starts
     * @throws IllegalStateException if it has started
     */
    public void harden(ServletContext context) {
        SessionCookieConfig cookie = context.getSessionCookieConfig();
        cookie.setName(name);
        cookie.setHttpOnly(true);
        cookie.setSecure(secure);
        cookie.setAttribute("SameSite", sameSite.text());
        if (name.startsWith(HOST_PREFIX)) {
            cookie.setPath("/");
        }
        context.setSessionTrackingModes(EnumSet.of(SessionTrackingMode.COOKIE));
    }
}
