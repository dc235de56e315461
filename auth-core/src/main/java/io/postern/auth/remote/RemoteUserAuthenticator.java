package io.postern.auth.remote;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.User;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.util.Objects;

/**
 * Authenticates the user whom the container has already authenticated, for instance by a client certificate or Kerberos.
 *
 * <p><b>Security.</b> It reads {@link AuthRequest#remoteUser()} only. A header such as {@code Remote-User} is ignored, because
 * any client can send it. It does not check CSRF tokens, and browsers send client certificates and Kerberos tickets with
 * cross-site requests as they send cookies. For browsers, use it for safe methods only, or check {@code Origin} in front of
 * it.
 *
 * <p>Immutable and safe for use by several threads. Mirrors DRF's {@code RemoteUserAuthentication} (drf-contract RU-1 to
 * RU-4), except that unknown names never create a user.
 */
public final class RemoteUserAuthenticator implements Authenticator {

    private final UserStore users;

    /** Creates an authenticator that looks users up by the name that the container reports. */
    public RemoteUserAuthenticator(UserStore users) {
        this.users = Objects.requireNonNull(users, "users");
    }

    @Override
    public AuthResult authenticate(AuthRequest request) {
        return request.remoteUser()
                .filter(name -> !name.isEmpty())
                .flatMap(users::findByUsername)
                .map(StoredUser::user)
                .filter(User::isActive)
                .map(AuthResult::authenticated)
                .orElseGet(AuthResult::notAttempted);
    }

    @Override
    public String name() {
        return "remote";
    }
}
