package io.postern.auth;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The result of an {@link Authenticator}. A rejection is a value; an exception means that something is broken.
 *
 * <p>Mirrors the pair, the {@code None} and the exception of DRF's {@code authenticate()}.
 */
public sealed interface AuthResult {

    /**
     * The credential is valid.
     *
     * @param user the user it belongs to
     * @param credential the verified credential, for instance the token's record; empty if there is nothing to show
     */
    record Authenticated(User user, Optional<Object> credential) implements AuthResult {
        /** Rejects anonymous users. */
        public Authenticated {
            Objects.requireNonNull(credential, "credential");
            if (!user.isAuthenticated()) {
                throw new IllegalArgumentException("an anonymous user cannot be authenticated: return notAttempted()");
            }
        }

        @Override
        public String toString() {
            return "Authenticated[" + user.id() + "]";
        }
    }

    /**
     * The credential is valid if the body of the request confirms it, as a CSRF token in a form does. The body is read after
     * the permissions and throttles have granted, so that a request that is refused anyway is not read.
     *
     * @param result the result if the body confirms the credential
     * @param refusal reads the body, and returns why the credential must be rejected, or empty
     */
    record Unconfirmed(Authenticated result, Supplier<Optional<Denial>> refusal) implements AuthResult {
        /** Requires both. */
        public Unconfirmed {
            Objects.requireNonNull(result, "result");
            Objects.requireNonNull(refusal, "refusal");
        }

        @Override
        public String toString() {
            return "Unconfirmed[" + result.user().id() + "]";
        }
    }

    /** The request has no credential of this kind; the next authenticator is called. */
    record NotAttempted() implements AuthResult {
        private static final NotAttempted INSTANCE = new NotAttempted();
    }

    /**
     * The credential is bad; no other authenticator is called.
     *
     * @param denial the denial; whether 401 becomes 403 depends on the policy's first challenge
     */
    record Rejected(Denial denial) implements AuthResult {
        /** Requires a denial. */
        public Rejected {
            Objects.requireNonNull(denial, "denial");
        }
    }

    /** Returns a result with a user and no credential to show. */
    static AuthResult authenticated(User user) {
        return new Authenticated(user, Optional.empty());
    }

    /**
     * Returns a result with a user and the verified credential.
     *
     * @param credential as handlers may want to see it; its {@code toString} must not show a secret
     */
    static AuthResult authenticated(User user, Object credential) {
        return new Authenticated(user, Optional.of(credential));
    }

    /** Returns the result for a request without a credential of this kind (DRF's {@code None}). */
    static AuthResult notAttempted() {
        return NotAttempted.INSTANCE;
    }

    /** Returns the result for a bad credential. */
    static AuthResult rejected(Denial denial) {
        return new Rejected(denial);
    }
}
