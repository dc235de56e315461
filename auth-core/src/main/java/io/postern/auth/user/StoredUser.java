package io.postern.auth.user;

import io.postern.auth.User;
import io.postern.auth.internal.Digests;
import java.util.Objects;

/**
 * What a {@link UserStore} keeps: a user, and the hash of the password beside it, never inside it.
 *
 * @param user the user
 * @param passwordHash the hash as a {@code PasswordHasher} wrote it; empty, or beginning with {@code !} as Django marks
 *     it, if nobody can log in by password
 * @param securityStamp another text after each change of the password, but not when the same password is merely hashed again;
 *     sessions that were begun under another stamp are dead
 */
public record StoredUser(User user, String passwordHash, String securityStamp) {

    /**
     * Refuses null.
     *
     * @param user the user
     * @param passwordHash the hash
     * @param securityStamp the stamp
     */
    public StoredUser {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(passwordHash, "passwordHash: use \"\" for a user without a password");
        Objects.requireNonNull(securityStamp, "stamp");
    }

    /**
     * Describes a user whose stamp follows from the hash, for a password just set and for stores that keep no stamp. In
     * the latter, hashing again ends sessions as Django does.
     *
     * @param user the user
     * @param passwordHash the hash
     */
    public StoredUser(User user, String passwordHash) {
        this(
                user,
                passwordHash,
                Digests.sha256Hex("io.postern.stamp:" + passwordHash).substring(0, 32));
    }

    /**
     * Tells whether a password can be right at all (Django's {@code has_usable_password}).
     *
     * @return false if the hash is empty or begins with {@code !}
     */
    public boolean hasUsablePassword() {
        return !passwordHash.isEmpty() && !passwordHash.startsWith("!");
    }

    /**
     * Returns the same user with another hash of the same password, so with the same stamp.
     *
     * @param hash the hash
     * @return a new value
     */
    public StoredUser withPasswordHash(String hash) {
        return new StoredUser(user, hash, securityStamp);
    }

    @Override
    public String toString() {
        return "StoredUser[" + user.id() + ", ***]";
    }
}
