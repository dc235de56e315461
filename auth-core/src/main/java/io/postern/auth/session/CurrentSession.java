package io.postern.auth.session;

import io.postern.auth.user.StoredUser;
import java.util.Optional;

/**
 * The session of a request; {@code toString()} omits the secret.
 *
 * @param user the user who is logged in, active or not
 * @param csrfSecret the secret that the CSRF cookie has to match, if one is bound to the session
 */
record CurrentSession(StoredUser user, Optional<String> csrfSecret) {
    @Override
    public String toString() {
        return "CurrentSession[" + user.user().id() + "]";
    }
}
