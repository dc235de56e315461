package io.postern.auth.session;

import io.postern.auth.AuthRequest;
import io.postern.auth.user.StoredUser;
import java.util.Optional;

/** Where the session of a request is kept. Immutable and safe for use by several threads. */
interface Sessions {

    /** Gives the request a new session in place of the one it has. */
    SessionStarted begin(AuthRequest request, StoredUser user);

    /** Returns the request's session, and ends it if its user is gone or has another password since. */
    Optional<CurrentSession> find(AuthRequest request);

    /** Ends the request's session and returns the {@code Set-Cookie} value that makes the browser forget it, if any. */
    Optional<String> end(AuthRequest request);
}
