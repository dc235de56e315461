package io.postern.auth.user;

import java.util.Objects;
import java.util.Optional;

/**
 * Finds users and the hashes of their passwords.
 *
 * <p>Implement this to authenticate the users of a table or directory of your own. It is called at every login by password
 * and, by id, for every request that a token or session authenticates, on the thread of the request.
 *
 * <ul>
 *   <li>No such user: return {@link Optional#empty()}, never null, and do not throw.
 *   <li>A deactivated user: return it with {@code isActive()} false; the caller refuses in the same time.
 *   <li>The database or directory is unavailable or slow: throw {@link io.postern.auth.StoreException}; the client gets
 *       503.
 * </ul>
 *
 * Do not return users from a cache that outlives a change of password or a deactivation by more than you document, do not
 * fold, trim or normalize what you compare, and never log a hash. Implement {@code UserStoreContract} of {@code
 * auth-testkit} to test it. Implementations are safe for use by several threads.
 *
 * <p><b>Security.</b> A look-up that ignores case or Unicode form allows a second account whose name looks the same; if
 * the collation of a column ignores them, compare the name once more before you return the row. Usernames are hostile
 * input: bind them, never concatenate them to a query.
 *
 * <p>Corresponds to what Django's {@code ModelBackend} needs of a user model.
 */
public interface UserStore {

    /**
     * Finds a user by the username typed at login.
     *
     * @param username the username, compared exactly: case, spaces and Unicode form count; any string
     * @return the user, or empty
     * @throws io.postern.auth.StoreException if the store is unavailable
     */
    Optional<StoredUser> findByUsername(String username);

    /**
     * Finds a user by id.
     *
     * @param id the id, compared exactly; any string
     * @return the user, or empty
     * @throws io.postern.auth.StoreException if the store is unavailable
     */
    Optional<StoredUser> findById(String id);

    /**
     * Replaces the hash of a password if it is still the expected one, in one atomic step, so that a login that rehashes a
     * password cannot undo a concurrent change of it. The password is the same, so a stored security stamp stays.
     *
     * @param expected the present hash
     * @param replacement the new hash
     * @return false, and nothing is changed, if the user is gone or has another hash
     * @throws io.postern.auth.StoreException if the store is unavailable
     */
    boolean replacePasswordHash(String userId, String expected, String replacement);

    /**
     * Deletes a user, if there is one of that id, but nothing that other stores hold: call {@code Postern.deleteUser},
     * which deletes that first. Optional: the default is for applications that delete their users by themselves.
     *
     * @throws UnsupportedOperationException by default
     * @throws io.postern.auth.StoreException if the store is unavailable
     */
    default void remove(String userId) {
        throw new UnsupportedOperationException(
                "this user store does not delete users: delete the user where it is stored, then call deleteUserData");
    }

    /**
     * What a store found, together with the user who owns it.
     *
     * @param <T> the type of what was found
     * @param found what was found
     * @param owner its user; empty if the user no longer exists
     */
    record WithUser<T>(T found, Optional<StoredUser> owner) {

        /** Validates the components. */
        public WithUser {
            Objects.requireNonNull(found, "found");
            Objects.requireNonNull(owner, "owner");
        }
    }
}
