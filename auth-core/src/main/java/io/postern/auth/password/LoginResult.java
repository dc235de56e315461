package io.postern.auth.password;

import io.postern.auth.User;
import io.postern.auth.user.StoredUser;
import java.time.Duration;
import java.util.Objects;

/** The outcome of a password login. */
public sealed interface LoginResult {

    /**
     * The password is correct and the account is active.
     *
     * <p><b>Security.</b> Pass this account to the {@code LoginFlow}, not the user looked up again: the password may have
     * changed since it was verified, and credentials are bound to this account's security stamp.
     *
     * @param account the user as when the password was verified
     */
    record Success(StoredUser account) implements LoginResult {
        /** Validates the components. */
        public Success {
            Objects.requireNonNull(account, "account");
        }

        /** Returns the user. */
        public User user() {
            return account.user();
        }

        @Override
        public String toString() {
            return "Success[" + user().id() + "]";
        }
    }

    /**
     * The login is rejected.
     *
     * <p><b>Security.</b> The reason is for events only; sent to a client, it would reveal which accounts exist.
     *
     * @param reason {@code unknown_user}, {@code wrong_password}, {@code inactive_user}, {@code no_usable_password},
     *     {@code unknown_password_hash} (no hasher recognises the stored hash), {@code empty_password}, {@code
     *     password_too_long}, {@code password_with_nul} or {@code username_too_long}
     */
    record Refused(String reason) implements LoginResult {
        /** Validates the components. */
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Too many passwords are being hashed or waiting, so this one was not verified: respond with 503 or 429.
     *
     * @param retryAfter how long the client should wait
     */
    record Busy(Duration retryAfter) implements LoginResult {
        /** Validates the components. */
        public Busy {
            Objects.requireNonNull(retryAfter, "retryAfter");
        }
    }
}
