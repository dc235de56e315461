package io.postern.auth.user;

import io.postern.auth.User;
import io.postern.auth.internal.Digests;
import java.util.Objects;

/**
 * A user as a {@link UserStore} keeps it, with the hash of the password.
 *
 * @param user the user
 * @param passwordHash the hash as a {@code PasswordHasher} wrote it; empty, or beginning with {@code !} as Django marks
 *     it, if the user cannot log in by password
 * @param securityStamp changes whenever the password changes, but not when the same password is hashed again; sessions and
 *     tokens that were issued under another stamp are invalid. A store decides how it is computed
 */
public record StoredUser(User user, String passwordHash, String securityStamp) {

    /** Validates the components. */
    public StoredUser {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(passwordHash, "passwordHash: use \"\" for a user without a password");
        Objects.requireNonNull(securityStamp, "securityStamp");
    }

    /**
     * Creates a user whose stamp is computed from the hash, for a password just set and for stores that keep no stamp. In
     * the latter, hashing again ends sessions as Django does.
     */
    public StoredUser(User user, String passwordHash) {
        this(
                user,
                passwordHash,
                Digests.sha256Hex("io.postern.stamp:" + passwordHash).substring(0, 32));
    }

    /**
     * Returns whether the user can log in by password (Django's {@code has_usable_password}): false if the hash is empty or
     * begins with {@code !}.
     */
    public boolean hasUsablePassword() {
        return !passwordHash.isEmpty() && !passwordHash.startsWith("!");
    }

    /** Returns a copy with another hash of the same password, and so with the same stamp. */
    public StoredUser withPasswordHash(String hash) {
        return new StoredUser(user, hash, securityStamp);
    }

    @Override
    public String toString() {
        return "StoredUser[" + user.id() + ", ***]";
    }
}
