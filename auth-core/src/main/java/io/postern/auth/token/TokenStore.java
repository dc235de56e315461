package io.postern.auth.token;

import io.postern.auth.user.Paging;
import io.postern.auth.user.UserStore;
import io.postern.auth.user.WithUser;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps opaque tokens by their digests, several for each user.
 *
 * <p>Implement this to keep tokens where you like. {@link #find} is called on each request with a token, the rest at
 * login and by owners; all on the caller's thread. Never keep a token's text. When the store cannot answer, throw
 * {@link io.postern.auth.StoreException}; an empty answer means that there is no such token. Implement
 * {@code TokenStoreContract} of {@code auth-testkit} to test it. Implementations are safe for use by several threads, and each
 * method is atomic. Times are kept to the microsecond at least.
 */
public interface TokenStore {

    /**
     * Returns the token of a digest, expired or not.
     *
     * @param digest 64 hex digits
     * @return the token, or empty
     */
    Optional<StoredToken> find(String digest);

    /**
     * Returns the token of a digest, expired or not, and its owner; override it where one query can do both.
     *
     * @param digest 64 hex digits
     * @param users who exists
     * @return the token and its owner, or empty
     */
    default Optional<WithUser<StoredToken>> findWithUser(String digest, UserStore users) {
        return find(digest).map(token -> new WithUser<>(token, users.findById(token.userId())));
    }

    /**
     * Keeps a new token.
     *
     * @param token the token
     * @throws IllegalStateException if its digest is taken already; nothing is overwritten
     */
    void add(StoredToken token);

    /**
     * Keeps a new token unless its owner has one that can be told again; of several callers at once, one adds and the
     * others get what it added.
     *
     * @param token the token, with an encrypted text
     * @param now the present; tokens expired by then do not count
     * @return the owner's oldest unexpired token with an encrypted text, or the new one
     */
    StoredToken addUnlessRepeatable(StoredToken token, Instant now);

    /**
     * Returns tokens of a user.
     *
     * @param userId the user
     * @param paging which of them
     * @return the tokens, oldest first, expired ones included
     */
    List<StoredToken> list(String userId, Paging paging);

    /**
     * Notes the use of a token; does nothing if it is gone.
     *
     * @param digest the token
     * @param when when it was used
     */
    void touch(String digest, Instant when);

    /**
     * Forgets a token. When this returns, no caller finds it any more.
     *
     * @param userId whose it must be
     * @param id the token
     * @return the token that was there, or empty
     */
    Optional<StoredToken> remove(String userId, String id);

    /**
     * Forgets all tokens of a user.
     *
     * @param userId the user
     * @return how many there were
     */
    int removeAll(String userId);

    /**
     * Forgets some tokens that have expired; call it until it returns less than the limit. A store whose rows end by
     * themselves returns 0.
     *
     * @param now the present
     * @param limit how many at the most
     * @return how many it forgot
     */
    int deleteExpired(Instant now, int limit);
}
