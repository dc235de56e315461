package io.postern.auth.password;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
import io.postern.auth.internal.RandomText;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies usernames and passwords, for HTTP Basic and for the login endpoints.
 *
 * <pre>{@code
 * PasswordLogin login = PasswordLogin.builder(users).hasher(preferring(argon2id(), pbkdf2())).build();
 * Result result = login.check(username, Password.of(typed));
 * }</pre>
 *
 * A hash that is weaker than the current parameters is replaced after a success. Immutable and safe for use by several
 * threads.
 *
 * <p><b>Security.</b> An unknown user, a user without a usable hash, a deactivated one and an old cheap hash cost the
 * same as a wrong password, so the duration reveals nothing. Where stored hashes cost more than new ones, that holds once
 * the hasher has verified the first of them: configure one no cheaper than the stored hashes. A password that is empty, too
 * long or contains a NUL is rejected before the look-up, the same for every name. Guesses are not counted: add a throttle.
 *
 * <p>Mirrors Django's {@code ModelBackend.authenticate} (drf-contract BA-4 and BA-11).
 */
public final class PasswordLogin {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordLogin.class);

    private final UserStore users;
    private final PasswordHasher hasher;
    private final AuthListener listener;
    private final Clock clock;
    private final LoginLimits limits;
    private final HashGate gate;
    private final UnaryOperator<Password> normaliser;
    private final String dummyHash;

    private PasswordLogin(Builder builder) {
        this.users = builder.users;
        this.hasher = builder.hasher;
        this.listener = AuthListener.all(List.of(builder.listener));
        this.clock = builder.clock;
        this.limits = new LoginLimits(builder.maxChars, builder.maxBytes, builder.maxUsernameChars);
        this.gate = new HashGate(builder.concurrentHashes, builder.waiting(), builder.maxWait);
        this.normaliser = builder.normaliser;
        this.dummyHash = hasher.hash(Password.of(new RandomText().alphanumeric(32)));
    }

    /**
     * Returns a builder with the defaults.
     */
    public static Builder builder(UserStore users) {
        return new Builder(users);
    }

    /**
     * Verifies a username and a password.
     *
     * @param username the name as typed, any string at all
     * @param password the password as typed
     * @return the user, the reason for the rejection, or that too many passwords are being hashed
     * @throws io.postern.auth.StoreException if the user cannot be looked up
     */
    public Result check(String username, Password password) {
        return limits.refuse(password).orElseGet(() -> lookUp(username, normaliser.apply(password)));
    }

    private Result lookUp(String username, Password password) {
        if (!limits.admits(username)) {
            return verify(new Attempt(password, Optional.empty(), "username_too_long"));
        }
        return verify(new Attempt(password, users.findByUsername(username), "unknown_user"));
    }

    private Result verify(Attempt attempt) {
        if (!gate.enter()) {
            return new Result.Busy(gate.retryAfter());
        }
        Optional<String> freshHash;
        try {
            Optional<String> refusal = refusal(attempt);
            if (refusal.isPresent()) {
                return new Result.Refused(refusal.get());
            }
            freshHash = freshHash(attempt);
        } finally {
            gate.leave();
        }
        StoredUser found = attempt.user().orElseThrow();
        return new Result.Success(
                freshHash.map(hash -> replaced(found, hash, attempt.password())).orElse(found));
    }

    /** Every rejection, whatever its reason, costs one verification and its top-up. */
    private Optional<String> refusal(Attempt attempt) {
        String stored = attempt.user()
                .filter(this::isVerifiable)
                .map(StoredUser::passwordHash)
                .orElse(dummyHash);
        boolean right = hasher.verify(attempt.password(), stored);
        boolean active = attempt.user().map(found -> found.user().isActive()).orElse(false);
        if (right && active) {
            return Optional.empty();
        }
        hasher.topUp(attempt.password(), stored);
        return Optional.of(attempt.user().map(found -> reason(found, right)).orElse(attempt.reasonIfUnknown()));
    }

    private String reason(StoredUser found, boolean right) {
        if (!isVerifiable(found)) {
            return found.hasUsablePassword() ? "unknown_password_hash" : "no_usable_password";
        }
        return right ? "inactive_user" : "wrong_password";
    }

    private boolean isVerifiable(StoredUser found) {
        return found.hasUsablePassword() && hasher.recognises(found.passwordHash());
    }

    private Optional<String> freshHash(Attempt attempt) {
        try {
            return attempt.user()
                    .filter(found -> hasher.needsRehash(found.passwordHash()))
                    .map(found -> hasher.hash(attempt.password()));
        } catch (RuntimeException e) {
            LOG.warn("could not rehash the password; the login continues", e);
            return Optional.empty();
        }
    }

    /** A store that derives the stamp from the hash has another stamp now, unless the password was changed in between. */
    private StoredUser replaced(StoredUser found, String freshHash, Password password) {
        String id = found.user().id();
        try {
            if (!users.replacePasswordHash(id, found.passwordHash(), freshHash)) {
                return rehashedConcurrently(found, password);
            }
            listener.on(new AuthEvent.PasswordRehashed(clock.instant(), id));
            return users.findById(id)
                    .filter(now -> now.passwordHash().equals(freshHash))
                    .orElse(found);
        } catch (RuntimeException e) {
            LOG.warn("could not store the new hash of user {}; the login continues", id, e);
            return found;
        }
    }

    /**
     * Of two concurrent logins the first has replaced the hash, and maybe the stamp with it. The other must not count as one
     * with an old password, so its password is verified against the new hash too.
     */
    private StoredUser rehashedConcurrently(StoredUser found, Password password) {
        Optional<StoredUser> changed = users.findById(found.user().id())
                .filter(now -> !now.securityStamp().equals(found.securityStamp()) && isVerifiable(now));
        if (changed.isEmpty() || !gate.enter()) {
            return found;
        }
        try {
            return changed.filter(now -> hasher.verify(password, now.passwordHash()))
                    .orElse(found);
        } finally {
            gate.leave();
        }
    }

    /** The login before any hashing. */
    private record Attempt(Password password, Optional<StoredUser> user, String reasonIfUnknown) {}

    /** Collects the settings of a login. Not safe for use by several threads. */
    public static final class Builder {

        private final UserStore users;
        private PasswordHasher hasher = PasswordHasher.pbkdf2();
        private AuthListener listener = AuthListener.logging();
        private Clock clock = Clock.systemUTC();
        private int maxChars = 1_024;
        private int maxBytes = 4_096;
        private int maxUsernameChars = 255;
        private int concurrentHashes = Runtime.getRuntime().availableProcessors();
        private OptionalInt maxWaiting = OptionalInt.empty();
        private Duration maxWait = Duration.ofSeconds(2);
        private UnaryOperator<Password> normaliser = UnaryOperator.identity();

        private Builder(UserStore users) {
            this.users = Objects.requireNonNull(users, "users");
        }

        /**
         * Sets the hasher.
         *
         * @param value {@link PasswordHasher#pbkdf2()} by default
         */
        public Builder hasher(PasswordHasher value) {
            hasher = Objects.requireNonNull(value, "hasher");
            return this;
        }

        /**
         * Sets the event listener, which is notified of replaced hashes.
         *
         * @param value the logging listener by default
         */
        public Builder listener(AuthListener value) {
            listener = Objects.requireNonNull(value, "listener");
            return this;
        }

        /**
         * Sets the clock of events.
         *
         * @param value the system clock by default
         */
        public Builder clock(Clock value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Sets the maximum length of a password; a longer one is rejected without hashing it (CVE-2013-1443).
         *
         * @param chars in chars, 1,024 by default
         * @param bytes in bytes of UTF-8, 4,096 by default
         */
        public Builder maxPassword(int chars, int bytes) {
            maxChars = chars;
            maxBytes = bytes;
            return this;
        }

        /**
         * Sets the maximum length of a username; a longer one is not looked up and costs the same as a wrong password.
         *
         * @param chars in chars, 255 by default
         */
        public Builder maxUsername(int chars) {
            maxUsernameChars = chars;
            return this;
        }

        /**
         * Sets how many passwords are hashed in parallel. For argon2id, keep this number times its memory below a quarter of
         * the heap.
         *
         * @param count the number of processors by default
         */
        public Builder concurrentHashes(int count) {
            concurrentHashes = count;
            return this;
        }

        /**
         * Sets how many logins may wait to be hashed; a further one is {@link Result.Busy} at once.
         *
         * <p><b>Security.</b> Each waiting login occupies a thread of the server: keep this far below the number of threads,
         * or a flood of logins delays all other requests too.
         *
         * @param count four times {@link #concurrentHashes} by default, but at most 64; zero for no waiting
         */
        public Builder maxWaiting(int count) {
            maxWaiting = OptionalInt.of(count);
            return this;
        }

        /**
         * Sets how long a login may wait to be hashed; after that it is {@link Result.Busy}.
         *
         * @param value two seconds by default; zero for no waiting
         */
        public Builder maxWait(Duration value) {
            maxWait = Objects.requireNonNull(value, "maxWait");
            return this;
        }

        /**
         * Sets the Unicode normal form of passwords before hashing. Off by default, as Django has none; new passwords have to
         * be hashed in the same form, see {@link Password#normalised}.
         *
         * @param form the form, NFC if in doubt
         */
        public Builder normalise(Normalizer.Form form) {
            Objects.requireNonNull(form, "form");
            normaliser = password -> password.normalised(form);
            return this;
        }

        /**
         * Returns the login. Hashes once, for the comparison with unknown users.
         *
         * @throws IllegalArgumentException if {@code maxWaiting} or {@code maxWait} is negative, or another number below 1
         */
        public PasswordLogin build() {
            return new PasswordLogin(this);
        }

        private int waiting() {
            return maxWaiting.orElse((int) Math.min(64, 4L * concurrentHashes));
        }
    }

    /** The outcome of a password login. */
    public sealed interface Result {

        /**
         * The password is correct and the account is active.
         *
         * <p><b>Security.</b> Pass this account to the {@code LoginFlow}, not the user looked up again: the password may have
         * changed since it was verified, and credentials are bound to this account's security stamp.
         *
         * @param account the user as when the password was verified
         */
        record Success(StoredUser account) implements Result {
            /** Validates the components. */
            public Success {
                Objects.requireNonNull(account, "account");
            }

            @Override
            public String toString() {
                return "Success[" + account.user().id() + "]";
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
        record Refused(String reason) implements Result {
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
        record Busy(Duration retryAfter) implements Result {
            /** Validates the components. */
            public Busy {
                Objects.requireNonNull(retryAfter, "retryAfter");
            }
        }
    }
}
