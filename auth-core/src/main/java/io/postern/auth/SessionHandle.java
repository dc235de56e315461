package io.postern.auth;

import java.util.Map;
import java.util.Optional;

/**
 * The client's session in the framework: named string attributes, and an id that changes at login.
 *
 * <p>Implement this so that Postern logs users in and out of your framework's sessions. It is called on the thread of the
 * request. The attributes hold a user id and a security stamp, never a password, a hash or a token.
 */
public interface SessionHandle {

    /**
     * Returns an attribute without creating a session; empty without a session or without such an attribute, and if the
     * client did not identify the session by one cookie of its name, because it may have been planted.
     */
    Optional<String> attribute(String name);

    /**
     * Returns an attribute also if several cookies have the session's name, or the id is encoded in a way that the
     * implementation does not know. An id in a URL identifies no session.
     *
     * <p><b>Security.</b> Trust it only if the client sends the CSRF cookie that is bound to the session.
     */
    default Optional<String> unprovenAttribute(String name) {
        return attribute(name);
    }

    /**
     * Replaces the session by a new one with another id and these attributes, creating one if there is none. The old id and
     * the old object must be invalid afterwards, which prevents session fixation, also by a request that is under way.
     * Other attributes are copied, which unbinds them from the one and binds them to the other.
     *
     * @param attributes names and values to set
     */
    void renew(Map<String, String> attributes);

    /**
     * Returns why the client's next request will not be recognised by this session, as far as the framework knows: it sends
     * no cookie for it, or one that browsers drop.
     *
     * @param requestIsSecure whether the client's request came over TLS
     * @return the reason and what to configure; empty by default
     */
    default Optional<String> unrecognized(boolean requestIsSecure) {
        return Optional.empty();
    }

    /** Invalidates the session with all its attributes; does nothing if there is none. */
    void invalidate();

    /**
     * Returns a handle without a session, which throws {@link UnsupportedOperationException} from {@link #renew(Map)}.
     */
    static SessionHandle none() {
        return NoSession.INSTANCE;
    }
}
