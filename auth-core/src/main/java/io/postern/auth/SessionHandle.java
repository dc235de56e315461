package io.postern.auth;

import java.util.Map;
import java.util.Optional;

/**
 * The client's session as the library sees it: a few texts under names, and an id that changes at login.
 *
 * <p>Implement this to let Postern log users in and out of your framework's sessions. It is asked on the thread of the
 * request. It holds a user id and a stamp, never a password, a hash or a token.
 */
public interface SessionHandle {

    /**
     * Returns a text kept in the session; creates no session.
     *
     * @param name the attribute's name
     * @return its value, or empty when there is no session or no such attribute
     */
    Optional<String> attribute(String name);

    /**
     * Gives the session a new id and sets these attributes, creating a session if there is none. The old id must be
     * dead afterwards, so that a planted one is never taken over. Other attributes stay.
     *
     * @param attributes names and values to set
     */
    void renew(Map<String, String> attributes);

    /** Ends the session with all that it holds; does nothing if there is none. */
    void invalidate();

    /**
     * Returns a handle for places without sessions.
     *
     * @return a handle that holds nothing and throws {@link UnsupportedOperationException} from {@link #start(Map)}
     */
    static SessionHandle none() {
        return NoSession.INSTANCE;
    }
}
