package io.postern.auth.token;

import io.postern.auth.user.Paging;
import io.postern.auth.user.UserStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stores opaque tokens, several for each user.
 *
 * <p>Implement this to keep tokens elsewhere, or to use a table that exists. The store derives its key from the token's
 * value: keep {@link TokenValue#digest()}, never the value, unless a foreign schema keeps it in clear. {@link
 * #findWithUser} is called on each request with a token, the other methods at login and by owners; all on the caller's
 * thread. When the store fails, throw {@link io.postern.auth.StoreException}; an empty result means that the store has no such
 * token. Implement {@code TokenStoreContract} of {@code auth-testkit} to test it. Implementations are safe for use by
 * several threads, and each method is atomic. Times are kept to the microsecond at least.
 */
public interface TokenStore {

    /** Returns the token with a value, expired or not, or empty. */
    Optional<StoredToken> find(TokenValue value);

    /**
     * Returns the token with a value, expired or not, and its owner; override it where one query can do both.
     *
     * @param users finds the owner
     */
    default Optional<UserStore.WithUser<StoredToken>> findWithUser(TokenValue value, UserStore users) {
        Optional<StoredToken> found = find(value);
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(new UserStore.WithUser<>(
                        found.get(), users.findById(found.get().userId())));
    }

    /**
     * Adds a token, unless its value is taken, or its user has a token with its id; of several parallel callers one adds.
     *
     * @param value the token's value, from which the store derives its key
     * @param token the record
     * @return false if one of both is taken; nothing is overwritten then
     */
    boolean add(TokenValue value, StoredToken token);

    /** Returns tokens of a user, oldest first, expired ones included. */
    List<StoredToken> list(String userId, Paging paging);

    /**
     * Removes a token. When this returns, no caller finds it any more.
     *
     * @param userId the user who must own it
     * @return the token removed, or empty
     */
    Optional<StoredToken> remove(String userId, String id);

    /** Removes all tokens of a user and returns their number. */
    int removeAll(String userId);

    /** Records the last use of a token, if it still exists; by default, last uses are not kept. */
    default void touch(TokenValue value, Instant when) {}

    /**
     * Deletes up to {@code limit} expired tokens; by default none, for stores whose rows expire by themselves.
     *
     * @return the number deleted; less than the limit if no more are left
     */
    default int deleteExpired(Instant now, int limit) {
        return 0;
    }

    /**
     * Returns the value of a token, where a foreign schema keeps it in clear, as DRF's does. By default empty: a digest
     * cannot be reversed.
     */
    default Optional<TokenValue> reveal(StoredToken token) {
        return Optional.empty();
    }
}
