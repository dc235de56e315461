package io.postern.auth.session;

import io.postern.auth.AuthRequest;
import io.postern.auth.user.StoredUser;
import java.util.Optional;
import java.util.function.Predicate;

/** Starts, finds and ends the session of a request. Immutable and safe for use by several threads. */
interface Sessions {

    /** Starts a new session for the request, in place of the one it has. */
    SessionLogin.Started begin(AuthRequest request, StoredUser user);

    /**
     * Returns the request's session, and ends it if its user is gone or has another password.
     *
     * @param proven whether the client has the CSRF secret of a session that its cookies alone do not identify
     */
    Optional<CurrentSession> find(AuthRequest request, Predicate<String> proven);

    /** Returns why the client's next request will not be recognised by the session, as far as it is known. */
    Optional<String> unrecognized(AuthRequest request);

    /** Ends the request's session and returns the {@code Set-Cookie} value that deletes its cookie, if any. */
    Optional<String> end(AuthRequest request);
}
