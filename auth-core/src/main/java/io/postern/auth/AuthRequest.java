package io.postern.auth;

import java.util.List;
import java.util.Optional;

/**
 * All that the library needs to know of an HTTP request.
 *
 * <p>Implement this to embed Postern in a framework; {@code auth-servlet} has the implementation for servlets. One
 * instance serves one request, on whatever threads that request uses, one at a time. Values are as received: the gate
 * treats every one of them as hostile. No method returns null.
 *
 * <p>Mirrors what {@code rest_framework.request.Request} gives an authentication class.
 */
public interface AuthRequest {

    /**
     * Returns the method as sent, for instance {@code GET}; methods are case-sensitive (RFC 9110, section 9.1).
     *
     * @return the method
     */
    String method();

    /**
     * Returns the decoded path within the application, without query; in a servlet, servlet path plus path info.
     *
     * @return the path, beginning with a slash
     */
    String path();

    /**
     * Returns the path as sent, still percent-encoded, without query. It is only looked at to refuse ambiguous paths,
     * never to choose a policy.
     *
     * @return the raw path; by default {@link #path()}
     */
    default String rawPath() {
        return path();
    }

    /**
     * Returns every value of a header in the order received; one char is one byte (ISO-8859-1).
     *
     * @param name the header's name; case does not matter
     * @return the values; empty if the header is absent
     */
    List<String> headers(String name);

    /**
     * Returns every value of a cookie.
     *
     * @param name the cookie's name, compared exactly
     * @return the values; empty if there is none
     */
    List<String> cookies(String name);

    /**
     * Returns the address of the peer of the connection, never what a header claims.
     *
     * @return the address in text form
     */
    String remoteAddress();

    /**
     * Tells whether the request came over TLS, as far as the server itself knows.
     *
     * @return true if the connection is secure
     */
    boolean isSecure();

    /**
     * Returns host and port as the client named them, for comparing origins.
     *
     * @return the host, with a port unless it is the scheme's own; by default the {@code Host} header
     */
    default Optional<String> host() {
        return header("Host");
    }

    /**
     * Returns a field of an urlencoded or multipart body, never of the query string.
     *
     * @param name the field's name
     * @return the last value of that name, or empty when the body is no form or lacks the field
     */
    default Optional<String> formField(String name) {
        return Optional.empty();
    }

    /**
     * Returns the handle of the client's session; getting it creates none.
     *
     * @return the handle; by default one that never holds anything and refuses to start
     */
    default SessionHandle session() {
        return SessionHandle.none();
    }

    /**
     * Returns the user that the container itself vouches for (CGI's {@code REMOTE_USER}); never a client's header.
     *
     * @return the name, or empty
     */
    default Optional<String> remoteUser() {
        return Optional.empty();
    }

    /**
     * Returns the framework's own request, for a permission that needs more than is told here.
     *
     * @param <T> its type
     * @param type its class, for instance {@code HttpServletRequest.class}
     * @return the request, or empty if it is of another type
     */
    default <T> Optional<T> unwrap(Class<T> type) {
        return Optional.empty();
    }

    /**
     * Returns the first value of a header.
     *
     * @param name the header's name; case does not matter
     * @return the value, or empty
     */
    default Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /**
     * A request that answers as another one does; implement it to change a few answers.
     *
     * <p>Safe for use by as many threads as the request it wraps.
     */
    interface Wrapper extends AuthRequest {

        /**
         * Returns the request that gives all answers not overridden.
         *
         * @return the wrapped request
         */
        AuthRequest wrapped();

        @Override
        default String method() {
            return wrapped().method();
        }

        @Override
        default String path() {
            return wrapped().path();
        }

        @Override
        default String rawPath() {
            return wrapped().rawPath();
        }

        @Override
        default List<String> headers(String name) {
            return wrapped().headers(name);
        }

        @Override
        default Optional<String> header(String name) {
            return wrapped().header(name);
        }

        @Override
        default List<String> cookies(String name) {
            return wrapped().cookies(name);
        }

        @Override
        default String remoteAddress() {
            return wrapped().remoteAddress();
        }

        @Override
        default boolean isSecure() {
            return wrapped().isSecure();
        }

        @Override
        default Optional<String> host() {
            return wrapped().host();
        }

        @Override
        default Optional<String> formField(String name) {
            return wrapped().formField(name);
        }

        @Override
        default SessionHandle session() {
            return wrapped().session();
        }

        @Override
        default Optional<String> remoteUser() {
            return wrapped().remoteUser();
        }

        @Override
        default <T> Optional<T> unwrap(Class<T> type) {
            return wrapped().unwrap(type);
        }
    }
}
