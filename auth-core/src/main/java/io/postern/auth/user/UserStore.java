package io.postern.auth.user;

import java.util.Optional;

/**
 * Finds accounts and the hashes of their passwords.
 *
 * <p>Implement this to let Postern log in the users of your own table or directory. It is asked at every login by
 * password and, by id, for every request that a token or a session authenticates, on the thread of the request.
 *
 * <ul>
 *   <li>No such user: {@link Optional#empty()}, never null and never an exception.
 *   <li>A user who must not log in now: return it with {@code isActive()} false; the caller refuses at equal cost.
 *   <li>The thing behind it is down or slow: throw {@link io.postern.auth.StoreException}; the caller gets 503.
 * </ul>
 *
 * Never answer from a cache that outlives a change of password or a deactivation longer than you document, never fold,
 * trim or normalise what you compare, never log a hash. Implement {@code UserStoreContract} of {@code auth-testkit} to
 * test it. Implementations are safe for use by several threads.
 *
 * <p><b>Security.</b> A look-up that ignores case or Unicode form lets somebody register a twin of another's name; if
 * your column compares so, compare the name once more before you return the row. User names are hostile input: bind
 * them, never build a query of them.
 *
 * <p>Mirrors what Django's {@code ModelBackend} asks of a user model.
 */
public interface UserStore {

    /**
     * Finds a user by the name typed at login.
     *
     * @param username the name, compared exactly: case, spaces and Unicode form count; may be any text at all
     * @return the user, or empty
     * @throws io.postern.auth.StoreException if the store cannot answer
     */
    Optional<StoredUser> findByUsername(String username);

    /**
     * Finds a user by id.
     *
     * @param id the id, compared exactly; may be any text at all
     * @return the user, or empty
     * @throws io.postern.auth.StoreException if the store cannot answer
     */
    Optional<StoredUser> findById(String id);

    /**
     * Puts a new hash in place of an old one in one atomic step, so that a login that renews a hash cannot undo a
     * change of password that happens at the same time. The password is the same, so a stamp that is stored stays.
     *
     * @param userId whose hash
     * @param expected the hash that must still be there
     * @param replacement the hash to put in its place
     * @return false, and nothing is changed, if the user is gone or has another hash by now
     * @throws io.postern.auth.StoreException if the store cannot answer
     */
    boolean replacePasswordHash(String userId, String expected, String replacement);
}
