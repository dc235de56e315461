package io.postern.auth;

import java.util.Objects;
import java.util.Optional;

/**
 * What an {@link Authenticator} answers. A refusal is a value; an exception means that something is broken.
 *
 * <p>Mirrors the pair, the {@code None} and the exception of DRF's {@code authenticate()}.
 */
public sealed interface AuthResult {

    /**
     * The credential is good.
     *
     * @param user whose it is
     * @param credential what proved it, for instance the token's record; empty if there is nothing to tell
     */
    record Authenticated(User user, Optional<Object> credential) implements AuthResult {
        /**
         * Refuses null and anonymous users.
         *
         * @param user whose it is
         * @param credential what proved it, for instance the token's record
         * @throws IllegalArgumentException if the user is anonymous
         */
        public Authenticated {
            Objects.requireNonNull(credential, "credential");
            if (!user.isAuthenticated()) {
                throw new IllegalArgumentException("an anonymous user cannot be authenticated: answer notAttempted()");
            }
        }

        @Override
        public String toString() {
            return "Authenticated[" + user.id() + "]";
        }
    }

    /** There is no credential of this kind in the request; the next authenticator is asked. */
    record NotAttempted() implements AuthResult {}

    /**
     * There is a credential of this kind and it is bad; no other authenticator is asked.
     *
     * @param denial what the client is told; status 401 is subject to the choice between 401 and 403
     */
    record Rejected(Denial denial) implements AuthResult {
        /**
         * Refuses null.
         *
         * @param denial what the client is told
         */
        public Rejected {
            Objects.requireNonNull(denial, "denial");
        }
    }

    /**
     * Says who it is.
     *
     * @param user the user
     * @return the result
     */
    static AuthResult authenticated(User user) {
        return new Authenticated(user, Optional.empty());
    }

    /**
     * Says who it is and what proved it.
     *
     * @param user the user
     * @param credential the proof, as handlers may want to see it; its {@code toString} must not show a secret
     * @return the result
     */
    static AuthResult authenticated(User user, Object credential) {
        return new Authenticated(user, Optional.of(credential));
    }

    /**
     * Says that there was nothing to read (DRF's {@code None}).
     *
     * @return the result
     */
    static AuthResult notAttempted() {
        return new NotAttempted();
    }

    /**
     * Says that the credential is bad.
     *
     * @param denial what the client is told
     * @return the result
     */
    static AuthResult rejected(Denial denial) {
        return new Rejected(denial);
    }
}
