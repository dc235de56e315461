package io.postern.auth.session;

import io.postern.auth.AuthRequest;
import io.postern.auth.user.StoredUser;
import java.util.Optional;

/** Starts, finds and ends the session of a request. Immutable and safe for use by several threads. */
interface Sessions {

    /** Starts a new session for the request, in place of the one it has. */
    SessionLogin.Started begin(AuthRequest request, StoredUser user);

    /** Returns the request's session, and ends it if its user is gone or has another password. */
    Optional<CurrentSession> find(AuthRequest request);

    /** Ends the request's session and returns the {@code Set-Cookie} value that deletes its cookie, if any. */
    Optional<String> end(AuthRequest request);
}
