package io.postern.auth.session;

import io.postern.auth.user.StoredUser;
import java.util.Optional;

/**
 * The session of a request.
 *
 * <p><b>Security.</b> Does not print.
 *
 * @param user whose it is, active or not
 * @param csrfSecret the secret that its requests have to prove
 */
public record CurrentSession(StoredUser user, Optional<String> csrfSecret) {
    @Override
    public String toString() {
        return "CurrentSession[" + user.user().id() + "]";
    }
}
