package io.postern.benchmarks.stub;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * What a request brings along.
 *
 * @param authorization the header's value
 * @param cookie the only cookie
 * @param session the container's session that the cookie identifies
 */
public record Credential(
        @Nullable String authorization,
        @Nullable Cookie cookie,
        @Nullable HttpSession session) {

    /** No credential at all. */
    public static final Credential NONE = new Credential(null, null, null);

    /** Returns a value of the Authorization header. */
    public static Credential header(String authorization) {
        return new Credential(authorization, null, null);
    }

    /** Returns a cookie that the container does not know. */
    public static Credential cookie(String name, String value) {
        return new Credential(null, new Cookie(name, value), null);
    }

    /** Returns the container's cookie of a session. */
    public static Credential session(HttpSession session) {
        return new Credential(null, new Cookie(StubSession.COOKIE, session.getId()), session);
    }

    /** Returns the container's cookie with an id that no session has. */
    public static Credential unknownSession() {
        return cookie(StubSession.COOKIE, "node0unknown");
    }

    @Override
    public String toString() {
        return "Credential[***]";
    }
}
