package io.postern.auth.event;

import io.postern.auth.internal.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Something that an operator wants to know, published after the response is decided.
 *
 * <p>The records in here are those of this module. Other modules and applications publish records of their own by
 * implementing this interface; listeners that log or count need to know none of them.
 *
 * <pre>{@code
 * record TermsAccepted(Instant at, String userId) implements AuthEvent {
 *     public Map<String, Object> fields() {
 *         return Map.of("user", userId);
 *     }
 * }
 * }</pre>
 *
 * Implementations are immutable.
 *
 * <p><b>Security.</b> No field may hold a password, a token, a cookie, a key, a hash, or a username as typed (it may be a
 * password in the wrong input). Values that a client chose are escaped by {@link AuthListener#logging()}; other listeners
 * have to escape them for their own format.
 */
public interface AuthEvent {

    /** How urgently an operator should look at an event. */
    enum Level {
        /** For metrics; the failure is logged elsewhere, with damping. */
        DEBUG,
        /** Expected in normal operation. */
        INFO,
        /** A sign of an attack or of a wrong limit. */
        WARN,
        /** A failure of the system. */
        ERROR
    }

    /** Returns when it happened. */
    Instant at();

    /**
     * Returns the name of this kind of event, for logs and metrics.
     *
     * @return a constant without variable parts; by default the simple name of the class
     */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Returns the level, {@link Level#INFO} by default. */
    default Level level() {
        return Level.INFO;
    }

    /**
     * Returns what is known about the event, except {@link #at()}.
     *
     * @return the values by name, in the order in which they are logged; no value is null
     */
    Map<String, Object> fields();

    /**
     * A user logged in.
     *
     * @param at when
     * @param method {@code session}, {@code token}, {@code jwt}, or that of another issuer
     * @param userId the user's id
     * @param address the client's address
     */
    record LoggedIn(Instant at, String method, String userId, String address) implements AuthEvent {
        @Override
        public Map<String, Object> fields() {
            return Fields.of("method", method)
                    .and("user", userId)
                    .and("address", address)
                    .map();
        }
    }

    /**
     * A login started a session that the client's next request will not be recognised by.
     *
     * @param at when
     * @param reason why, and what to configure
     * @param userId the user's id
     * @param address the client's address
     */
    record SessionUnrecognized(Instant at, String reason, String userId, String address) implements AuthEvent {
        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.of("reason", reason)
                    .and("user", userId)
                    .and("address", address)
                    .map();
        }
    }

    /**
     * A login failed, or the refresh of a token.
     *
     * @param at when
     * @param method as for {@link LoggedIn}; {@code refresh}, or {@code continue} for an unknown pending login
     * @param reason a stable code, which is not sent to the client
     * @param address the client's address
     */
    record LoginFailed(Instant at, String method, String reason, String address) implements AuthEvent {
        @Override
        public Map<String, Object> fields() {
            return Fields.of("method", method)
                    .and("reason", reason)
                    .and("address", address)
                    .map();
        }
    }

    /**
     * A session was ended by logout.
     *
     * @param at when
     * @param userId the user's id
     * @param address the client's address
     */
    record LoggedOut(Instant at, String userId, String address) implements AuthEvent {
        @Override
        public Map<String, Object> fields() {
            return Fields.of("user", userId).and("address", address).map();
        }
    }

    /**
     * A token was issued.
     *
     * @param at when
     * @param kind {@code token}, {@code refresh} or {@code sliding}; access tokens cause no event
     * @param tokenId the record's id or the JWT's {@code jti}, neither of which is a secret
     * @param userId the user's id
     */
    record TokenIssued(Instant at, String kind, String tokenId, String userId) implements AuthEvent {
        @Override
        public Map<String, Object> fields() {
            return Fields.ofToken(kind, tokenId, userId);
        }
    }

    /**
     * A token or a family was revoked.
     *
     * @param at when
     * @param kind {@code token} or {@code family}
     * @param tokenId the id of the record or the family; {@code *} for all
     * @param userId the owner's id
     */
    record TokenRevoked(Instant at, String kind, String tokenId, String userId) implements AuthEvent {
        @Override
        public Map<String, Object> fields() {
            return Fields.ofToken(kind, tokenId, userId);
        }
    }

    /**
     * A token was refreshed.
     *
     * @param at when
     * @param familyId the family of the token
     * @param userId the owner's id; empty if the token has no user
     * @param address the client's address
     */
    record TokenRefreshed(Instant at, String familyId, String userId, String address) implements AuthEvent {
        @Override
        public Map<String, Object> fields() {
            return Fields.of("kind", "family")
                    .and("token", familyId)
                    .and("user", userId)
                    .and("address", address)
                    .map();
        }
    }

    /**
     * A refresh token was presented again after its use, so there is a copy of it. The family was revoked.
     *
     * @param at when
     * @param familyId the family of the token
     * @param userId the owner's id; empty if the token has no user
     * @param address the client's address
     */
    record RefreshTokenReused(Instant at, String familyId, String userId, String address) implements AuthEvent {
        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.of("kind", "family")
                    .and("token", familyId)
                    .and("user", userId)
                    .and("address", address)
                    .map();
        }
    }

    /**
     * A refresh token was presented again within the grace period, from another address or user agent than that of the
     * family's last refresh. The client got the family's current token, as after a lost response; but it may be that two
     * clients have the token, one of which is a thief.
     *
     * @param at when
     * @param familyId the family of the token
     * @param userId the owner's id; empty if the token has no user
     * @param address the client's address
     */
    record RefreshTokenRepeated(Instant at, String familyId, String userId, String address) implements AuthEvent {
        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.of("kind", "family")
                    .and("token", familyId)
                    .and("user", userId)
                    .and("address", address)
                    .map();
        }
    }

    /**
     * A password was hashed again with current parameters at login.
     *
     * @param at when
     * @param userId the user's id
     */
    record PasswordRehashed(Instant at, String userId) implements AuthEvent {
        @Override
        public Map<String, Object> fields() {
            return Map.of("user", userId);
        }
    }

    /**
     * A request was denied.
     *
     * @param at when
     * @param method the HTTP method, escaped and cut as by {@link AuthListener#logging()}
     * @param path the path without query, escaped and cut
     * @param address the client's address, escaped and cut
     * @param status the status of the response
     * @param code the code of the denial
     * @param reason a stable code, which may be more precise than what is sent to the client
     * @param userId the caller's id; empty if anonymous
     */
    record RequestDenied(
            Instant at,
            String method,
            String path,
            String address,
            int status,
            String code,
            String reason,
            String userId)
            implements AuthEvent {

        /** Escapes what the client chose. */
        public RequestDenied {
            method = PlainText.of(method);
            path = PlainText.of(path);
            address = PlainText.of(address);
        }

        @Override
        public Level level() {
            return status >= 500 ? Level.ERROR : Level.INFO;
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.ofRequest(method, path, address)
                    .and("status", status)
                    .and("code", code)
                    .and("reason", reason)
                    .and("user", userId)
                    .map();
        }
    }

    /**
     * A request was denied by a throttle.
     *
     * @param at when
     * @param method the HTTP method, escaped and cut as by {@link AuthListener#logging()}
     * @param path the path without query, escaped and cut
     * @param address the client's address, escaped and cut
     * @param retryAfter the wait that was sent to the client; zero if unknown
     * @param userId the caller's id; empty if anonymous
     */
    record RequestThrottled(Instant at, String method, String path, String address, Duration retryAfter, String userId)
            implements AuthEvent {

        /** Escapes what the client chose. */
        public RequestThrottled {
            method = PlainText.of(method);
            path = PlainText.of(path);
            address = PlainText.of(address);
        }

        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.ofRequest(method, path, address)
                    .and("retryAfter", retryAfter)
                    .and("user", userId)
                    .map();
        }
    }

    /**
     * A store failed, and the response was 503.
     *
     * @param at when
     * @param method the HTTP method, escaped and cut as by {@link AuthListener#logging()}
     * @param path the path without query, escaped and cut
     * @param address the client's address, escaped and cut
     * @param message the message of the failure
     */
    record StoreFailed(Instant at, String method, String path, String address, String message) implements AuthEvent {

        /** Escapes what the client chose. */
        public StoreFailed {
            method = PlainText.of(method);
            path = PlainText.of(path);
            address = PlainText.of(address);
        }

        @Override
        public Level level() {
            return Level.DEBUG;
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.ofRequest(method, path, address)
                    .and("failed", message)
                    .map();
        }
    }
}
