package io.postern.auth.password;

import io.postern.auth.User;
import io.postern.auth.user.StoredUser;
import java.time.Duration;
import java.util.Objects;

/** What a login by password comes to. */
public sealed interface LoginResult {

    /**
     * The password is right and the account may be used.
     *
     * <p><b>Security.</b> Bind a session or a login to this account's stamp, not to that of the user looked up again: the
     * password may have changed while it was checked.
     *
     * @param account who it is, as it was when the password was checked
     */
    record Success(StoredUser account) implements LoginResult {
        /**
         * Refuses null.
         *
         * @param account who it is
         */
        public Success {
            Objects.requireNonNull(account, "account");
        }

        /**
         * Returns who it is.
         *
         * @return the user
         */
        public User user() {
            return account.user();
        }

        @Override
        public String toString() {
            return "Success[" + user().id() + "]";
        }
    }

    /**
     * Nobody is logged in.
     *
     * <p><b>Security.</b> The reason is for events alone; a client that is told it learns which accounts exist.
     *
     * @param reason {@code unknown_user}, {@code wrong_password}, {@code inactive_user}, {@code no_usable_password},
     *     {@code empty_password}, {@code password_too_long}, {@code password_with_nul} or {@code username_too_long}
     */
    record Refused(String reason) implements LoginResult {
        /**
         * Refuses null.
         *
         * @param reason a stable word for events
         */
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Too many passwords are being hashed or wait for it, so this one was not looked at: answer 503 or 429.
     *
     * @param retryAfter when it is worth trying again
     */
    record Busy(Duration retryAfter) implements LoginResult {
        /**
         * Refuses null.
         *
         * @param retryAfter when it is worth trying again
         */
        public Busy {
            Objects.requireNonNull(retryAfter, "retryAfter");
        }
    }
}
