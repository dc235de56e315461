package io.postern.auth;

import java.util.Objects;
import java.util.Optional;

/**
 * The user that a request acts for, the credential that proved it, and the authenticator that verified it; or anonymous.
 *
 * <p>Adapters pass it to handlers as a value, see {@code Guard}. Mirrors DRF's {@code request.user}, {@code request.auth}
 * and {@code request.successful_authenticator}.
 *
 * @param user the user; {@link User#anonymous()} if anonymous
 * @param credential the proof, for instance the token's record or the verified JWT; empty for Basic and sessions
 * @param authenticator the authenticator that verified the credential; empty if anonymous
 */
public record Authentication(User user, Optional<Object> credential, Optional<Authenticator> authenticator) {

    private static final Authentication ANONYMOUS =
            new Authentication(User.anonymous(), Optional.empty(), Optional.empty());

    /** Refuses null. */
    public Authentication {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(credential, "credential");
        Objects.requireNonNull(authenticator, "authenticator");
    }

    /** Returns the anonymous authentication. */
    public static Authentication anonymous() {
        return ANONYMOUS;
    }

    /** Returns whether the user is authenticated; false if anonymous. */
    public boolean isAuthenticated() {
        return user.isAuthenticated();
    }

    /** Returns the credential if it is of the given type; otherwise empty. */
    public <T> Optional<T> credential(Class<T> type) {
        return credential.filter(type::isInstance).map(type::cast);
    }

    @Override
    public String toString() {
        String by = authenticator.isPresent() ? " by " + authenticator.get().name() : "";
        return "Authentication[" + (isAuthenticated() ? user.id() + by : "anonymous") + "]";
    }
}
