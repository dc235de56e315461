package io.postern.auth.session;

import io.postern.auth.internal.Base64Url;
import io.postern.auth.internal.ConstantTime;
import io.postern.auth.internal.Digests;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stores sessions, several for each user, so that they survive a restart and are valid on every server.
 *
 * <p>Implement this to keep sessions elsewhere, or to use a table that exists. The store derives its key from the cookie's
 * value: keep {@link Key#digest()}, never the value, unless a foreign schema keeps it in clear. {@link
 * #findWithUser} is called on each request with a session cookie, the other methods at login, logout and by owners; all on
 * the caller's thread. When the store fails, throw {@link io.postern.auth.StoreException}; an empty result means that the
 * store has no such session. Implement {@code SessionStoreContract} of {@code auth-testkit} to test it. Implementations are safe
 * for use by several threads, and each method is atomic. Times are kept to the microsecond at least.
 *
 * <p>Corresponds to Django's session engines.
 */
public interface SessionStore {

    /**
     * Returns the key of a new session, by default 43 characters of base64url. All keys have the same length; cookies with
     * another length are not looked up.
     *
     * @param bits 32 random bytes
     */
    default Key newKey(byte[] bits) {
        return Key.of(Base64Url.encode(bits));
    }

    /** Returns the session with a key, expired or not, or empty. */
    Optional<StoredSession> find(Key key);

    /**
     * Returns the session with a key, expired or not, and its user; override it where one query can do both.
     *
     * @param users finds the user
     */
    default Optional<UserStore.WithUser<StoredSession>> findWithUser(Key key, UserStore users) {
        return find(key).map(session -> new UserStore.WithUser<>(session, users.findById(session.userId())));
    }

    /**
     * Adds a session.
     *
     * @return false if the key is taken; nothing is overwritten then
     */
    boolean add(Key key, StoredSession session);

    /** Removes the session with a key and returns whether there was one. When this returns, no caller finds it any more. */
    boolean remove(Key key);

    /**
     * Removes a session by its id. When this returns, no caller finds it any more.
     *
     * @param userId the user who must own it
     * @return false if there was no such session
     */
    boolean remove(String userId, String id);

    /**
     * Removes the sessions of a user and returns their number.
     *
     * @param except the id of one to keep, if any
     */
    int removeAll(String userId, Optional<String> except);

    /** Returns sessions of a user, oldest first, without those that have expired at {@code now}. */
    List<StoredSession> list(String userId, Instant now, Paging paging);

    /**
     * Records the last use of a session, if it still exists; by default, last uses are not kept and sessions do not slide.
     *
     * @param expires the new time of expiry
     */
    default void touch(Key key, Instant when, Instant expires) {}

    /**
     * Deletes up to {@code limit} expired sessions; by default none, for stores whose rows expire by themselves.
     *
     * @return the number deleted; less than the limit if no more are left
     */
    default int deleteExpired(Instant now, int limit) {
        return 0;
    }

    /**
     * The value of a session cookie, as a {@link SessionStore} receives it.
     *
     * <p><b>Security.</b> {@code toString()} omits it; {@link #reveal()} is easy to search for. Comparison is constant-time.
     *
     * <p>Immutable and safe for use by several threads.
     */
    final class Key {

        private final String value;

        private Key(String value) {
            this.value = value;
        }

        /** Wraps a string. */
        public static Key of(String value) {
            return new Key(value);
        }

        /** Returns the string, for the browser, or for a store whose schema keeps session keys in clear, as Django's does. */
        public String reveal() {
            return value;
        }

        /** Returns the SHA-256 of the value as 64 hex digits, which stores keep instead of it. */
        public String digest() {
            return Digests.sha256Hex(value);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && ConstantTime.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return digest().hashCode();
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}
