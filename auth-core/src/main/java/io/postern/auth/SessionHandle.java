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
     * Gives the session a new id and sets these attributes, creating a session if there is none. The old id must be
     * invalid afterwards, which prevents session fixation. Other attributes remain.
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
