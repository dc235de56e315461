package io.postern.auth.user;

import java.util.Objects;
import java.util.Optional;

/**
 * What a store found, together with the user who owns it.
 *
 * @param <T> the type of what was found
 * @param found what was found
 * @param owner its user; empty if the user no longer exists
 */
public record WithUser<T>(T found, Optional<StoredUser> owner) {

    /** Validates the components. */
    public WithUser {
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(owner, "owner");
    }
}
