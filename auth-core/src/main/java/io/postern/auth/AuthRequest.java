package io.postern.auth;

import java.util.List;
import java.util.Optional;

/**
 * The part of an HTTP request that authentication and authorization need.
 *
 * <p>Implement this to embed Postern in a framework; {@code auth-servlet} has the implementation for servlets. One
 * instance serves one request, on whatever threads that request uses, one at a time. Values are as received and are
 * treated as hostile. No method returns null.
 *
 * <p>Mirrors what {@code rest_framework.request.Request} gives an authentication class.
 */
public interface AuthRequest {

    /** Returns the method as sent, for instance {@code GET}; methods are case-sensitive (RFC 9110, section 9.1). */
    String method();

    /**
     * Returns the decoded path within the application, without query, beginning with a slash; in a servlet, servlet path
     * plus path info.
     */
    String path();

    /**
     * Returns the path as sent, still percent-encoded, without query; by default {@link #path()}. It is used only to
     * refuse ambiguous paths, never to choose a policy.
     */
    default String rawPath() {
        return path();
    }

    /**
     * Returns the query string as sent, still percent-encoded, without the question mark; empty if there is none, and by
     * default.
     *
     * <p><b>Security.</b> A query may hold an authorization code or a one-time secret, so the library never logs it.
     */
    default String query() {
        return "";
    }

    /**
     * Returns every value of a header in the order received, empty if the header is absent; one char is one byte
     * (ISO-8859-1).
     *
     * @param name the header's name, compared case-insensitively
     */
    List<String> headers(String name);

    /**
     * Returns every value of a cookie; empty if there is none.
     *
     * @param name the cookie's name, compared exactly
     */
    List<String> cookies(String name);

    /** Returns the IP address of the peer of the connection, never what a header claims. */
    String remoteAddress();

    /** Returns whether the request was received over TLS, as far as the server itself knows. */
    boolean isSecure();

    /**
     * Returns host and port as the client sent them, for comparing origins: the port only if it is not the scheme's
     * default. By default the {@code Host} header.
     */
    default Optional<String> host() {
        return header("Host");
    }

    /**
     * Returns the last value of a field of an urlencoded or multipart body, never of the query string; empty if the body
     * is not a form or lacks the field.
     */
    default Optional<String> formField(String name) {
        return Optional.empty();
    }

    /**
     * Returns the handle of the client's session, without creating a session; by default a handle without a session that
     * throws {@link UnsupportedOperationException} from {@link SessionHandle#renew}.
     */
    default SessionHandle session() {
        return SessionHandle.none();
    }

    /** Returns the user that the container has authenticated (CGI's {@code REMOTE_USER}); never a client's header. */
    default Optional<String> remoteUser() {
        return Optional.empty();
    }

    /**
     * Returns the framework's own request, for a permission that needs more than this interface has.
     *
     * @param type its class, for instance {@code HttpServletRequest.class}
     * @return the request, or empty if it is of another type
     */
    default <T> Optional<T> unwrap(Class<T> type) {
        return Optional.empty();
    }

    /**
     * Returns the first value of a header.
     *
     * @param name the header's name, compared case-insensitively
     */
    default Optional<String> header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }
}
