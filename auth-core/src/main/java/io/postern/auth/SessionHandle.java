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

    /** Returns an attribute without creating a session; empty without a session or without such an attribute. */
    Optional<String> attribute(String name);

    /**
     * Returns whether the client identified the session by one cookie of its name. If not, as with several cookies of that
     * name or an id in an encoding that the implementation does not know, the session counts only for a client that sends
     * the CSRF cookie bound to it, because the session may have been planted. An id in a URL identifies no session at all.
     */
    default boolean isCertain() {
        return true;
    }

    /**
     * Replaces the session by a new one with another id and these attributes, creating one if there is none. The old id and
     * the old object must be invalid afterwards, which prevents session fixation, also by a request that is under way.
     * Other attributes are copied.
     *
     * @param attributes names and values to set
     */
    void renew(Map<String, String> attributes);

    /** Invalidates the session with all its attributes; does nothing if there is none. */
    void invalidate();

    /**
     * Returns a handle without a session, which throws {@link UnsupportedOperationException} from {@link #renew(Map)}.
     */
    static SessionHandle none() {
        return NoSession.INSTANCE;
    }
}
