package io.postern.auth.user;

import java.util.Objects;
import java.util.Optional;

/**
 * What a store found, together with whose it is.
 *
 * @param <T> what was found
 * @param found what was found
 * @param owner its user; empty if there is none of that id any more
 */
public record WithUser<T>(T found, Optional<StoredUser> owner) {

    /**
     * Refuses null.
     *
     * @param found what was found
     * @param owner its user
     */
    public WithUser {
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(owner, "owner");
    }
}
