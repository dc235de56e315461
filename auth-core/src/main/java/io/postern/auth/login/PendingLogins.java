package io.postern.auth.login;

import io.postern.auth.AuthRequest;
import io.postern.auth.internal.ConstantTime;
import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.onetime.OneTimeStore;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Stores logins that wait for a challenge to be completed, each under the digest of a token that only the client has, bound
 * to the user and the security stamp.
 */
record PendingLogins(OneTimeStore store, UserStore users, Clock clock) {

    private static final String PURPOSE = "login";

    /** Stores a login and returns its token. */
    String add(PendingLogin login, StoredUser user, Instant deadline, int attemptsLeft) {
        String token = OneTimeSecret.newValue();
        OneTimeSecret secret = new OneTimeSecret(
                OneTimeSecret.digestOf(token),
                PURPOSE,
                user.user().id(),
                OneTimeSecret.digestOf(user.securityStamp()),
                login.payload(),
                deadline,
                attemptsLeft);
        store.add(secret, clock.instant());
        return token;
    }

    /** Returns the login of a token, whose request is now the one that completes it; does not count as an attempt. */
    Optional<PendingLogin> find(String token, AuthRequest request) {
        return store.find(OneTimeSecret.digestOf(token), PURPOSE, clock.instant())
                .map(secret -> PendingLogin.parse(secret.payload(), request));
    }

    /** Counts an attempt to complete a login; empty if none is left. */
    Optional<OneTimeSecret> attempt(String token) {
        return store.attempt(OneTimeSecret.digestOf(token), PURPOSE, clock.instant());
    }

    /** Ends a login; of parallel callers one gets true. */
    boolean consume(String token) {
        return store.consume(OneTimeSecret.digestOf(token), PURPOSE, clock.instant())
                .isPresent();
    }

    Optional<StoredUser> userOf(OneTimeSecret secret) {
        return users.findById(Objects.requireNonNull(secret.userId(), "userId"));
    }

    /** Returns why a login ended before its deadline, as a stable code; empty if it may be completed. */
    static Optional<String> outdated(Optional<StoredUser> user, OneTimeSecret secret) {
        if (user.isEmpty()) {
            return Optional.of("unknown_user");
        }
        if (!ConstantTime.equals(OneTimeSecret.digestOf(user.get().securityStamp()), secret.binding())) {
            return Optional.of("password_changed");
        }
        return user.get().user().isActive() ? Optional.empty() : Optional.of("inactive_user");
    }
}
