package io.postern.auth.servlet;

import io.postern.auth.session.CookieAttributes.SameSite;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import java.util.EnumSet;

/**
 * Sets safe attributes of the container's session cookie, {@code HttpOnly}, {@code Secure} and {@code SameSite=Lax}, and
 * disables session ids in URLs.
 *
 * <pre>{@code
 * SessionCookies.safe().harden(servletContext);                               // __Host-sessionid
 * SessionCookies.safe().overPlainHttp().withName("sid").harden(servletContext);   // for development
 * }</pre>
 *
 * Call {@link #harden} while the application starts, in a {@code ServletContextListener} or a
 * {@code ServletContainerInitializer}; later, containers throw (Servlet 6.0, section 4.4.3).
 *
 * @param name the cookie's name; for {@code __Host-} browsers require {@code Secure} and the path {@code /}
 * @param secure whether browsers send it over TLS only
 * @param sameSite which requests from other sites it is sent with
 */
public record SessionCookies(String name, boolean secure, SameSite sameSite) {

    private static final String HOST_PREFIX = "__Host-";

    /** Throws {@link IllegalArgumentException} for combinations with which browsers drop the cookie. */
    public SessionCookies {
        if (!secure && (name.startsWith("__") || sameSite == SameSite.NONE)) {
            throw new IllegalArgumentException("browsers drop the cookie " + name + " with SameSite=" + sameSite.text()
                    + " unless it is Secure; serve TLS, or choose another name and SameSite=Lax");
        }
    }

    /** Returns the safe settings: the name {@code __Host-sessionid}, over TLS only, {@code SameSite=Lax}. */
    public static SessionCookies safe() {
        return new SessionCookies(HOST_PREFIX + "sessionid", true, SameSite.LAX);
    }

    /** Returns these settings with another name. */
    public SessionCookies withName(String other) {
        return new SessionCookies(other, secure, sameSite);
    }

    /** Returns these settings with another {@code SameSite}. */
    public SessionCookies withSameSite(SameSite other) {
        return new SessionCookies(name, secure, other);
    }

    /**
     * Returns these settings without {@code Secure}, and with a name without {@code __Host-}.
     *
     * <p><b>Security.</b> An attacker on the network can take over sessions: for development only.
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
