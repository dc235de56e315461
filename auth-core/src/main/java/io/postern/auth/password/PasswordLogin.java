package io.postern.auth.password;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
import io.postern.auth.internal.RandomText;
import io.postern.auth.internal.Sha256;
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
import org.jspecify.annotations.Nullable;
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
    private final HashGate<Verification> logins;
    private final HashGate<Verification> requests;
    private final @Nullable VerifiedCredentials verified;
    private final UnaryOperator<Password> normaliser;
    private final String dummyHash;

    private PasswordLogin(Builder builder) {
        this.users = builder.users;
        this.hasher = builder.hasher;
        this.listener = AuthListener.all(List.of(builder.listener));
        this.clock = builder.clock;
        this.limits = new LoginLimits(builder.maxChars, builder.maxBytes, builder.maxUsernameChars);
        this.logins = new HashGate<>(builder.loginLimits());
        this.requests = new HashGate<>(builder.requestLimits());
        this.verified = builder.cachedFor == null ? null : new VerifiedCredentials(builder.cachedFor, builder.clock);
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
     * Verifies the username and password of a login. Parallel logins with the same ones share one hash.
     *
     * @param username the name as typed, any string at all
     * @param password the password as typed
     * @return the user, the reason for the rejection, or that too many passwords are being hashed
     * @throws io.postern.auth.StoreException if the user cannot be looked up
     */
    public Result check(String username, Password password) {
        return check(username, password, logins);
    }

    /**
     * Verifies as {@link #check} does, for credentials that are sent with every request, as those of HTTP Basic. Such requests
     * have limits of their own, {@link Builder#requestHashes}, so that any number of them leaves logins theirs; with {@link
     * Builder#cacheRequests} those that were verified lately cost no hash.
     *
     * @param username the name as sent, any string at all
     * @param password the password as sent
     * @return as {@link #check}
     * @throws io.postern.auth.StoreException if the user cannot be looked up
     */
    public Result checkRequest(String username, Password password) {
        Optional<Result> refused = limits.refuse(password);
        if (refused.isPresent()) {
            return refused.get();
        }
        Attempt attempt = lookUp(username, normaliser.apply(password));
        return verified == null ? verify(attempt, requests) : verifyUnlessKnown(attempt, verified);
    }

    private Result check(String username, Password password, HashGate<Verification> gate) {
        return limits.refuse(password).orElseGet(() -> verify(lookUp(username, normaliser.apply(password)), gate));
    }

    /** The user has been looked up, so another hash or a deactivation is a miss by itself. */
    private Result verifyUnlessKnown(Attempt attempt, VerifiedCredentials known) {
        if (!attempt.isActive() || !isVerifiable(attempt.user().orElseThrow())) {
            return verify(attempt, requests);
        }
        StoredUser found = attempt.user().orElseThrow();
        Sha256 key = known.keyOf(attempt.task(found.passwordHash()));
        if (known.contains(key)) {
            return new Result.Success(found);
        }
        Result result = verify(attempt, requests);
        if (result instanceof Result.Success) {
            known.add(key);
        }
        return result;
    }

    private Attempt lookUp(String username, Password password) {
        return limits.admits(username)
                ? new Attempt(username, password, users.findByUsername(username), "unknown_user")
                : new Attempt(username, password, Optional.empty(), "username_too_long");
    }

    private Result verify(Attempt attempt, HashGate<Verification> gate) {
        String stored = attempt.user()
                .filter(this::isVerifiable)
                .map(StoredUser::passwordHash)
                .orElse(dummyHash);
        Optional<Verification> verified = gate.run(attempt.task(stored), () -> hash(attempt, stored));
        if (verified.isEmpty()) {
            return new Result.Busy(gate.retryAfter());
        }
        boolean right = verified.get().right();
        if (!right || !attempt.isActive()) {
            return new Result.Refused(
                    attempt.user().map(found -> reason(found, right)).orElse(attempt.reasonIfUnknown()));
        }
        StoredUser found = attempt.user().orElseThrow();
        return new Result.Success(verified.get()
                .freshHash()
                .map(hash -> replaced(attempt, found, hash, gate))
                .orElse(found));
    }

    /** Every rejection, whatever its reason, costs one verification and its top-up. */
    private Verification hash(Attempt attempt, String stored) {
        boolean right = isRight(attempt.password(), stored);
        if (right && attempt.isActive()) {
            return new Verification(true, freshHash(attempt.password(), stored));
        }
        try {
            hasher.topUp(attempt.password(), stored);
        } catch (IllegalArgumentException e) {
            LOG.debug("the hasher cannot process a password", e);
        }
        return new Verification(right, Optional.empty());
    }

    /** A password that the hasher cannot process, such as one beyond the 72 bytes of bcrypt, is a wrong one. */
    private boolean isRight(Password password, String stored) {
        try {
            return hasher.verify(password, stored);
        } catch (IllegalArgumentException e) {
            LOG.debug("the hasher cannot process a password", e);
            return false;
        }
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

    private Optional<String> freshHash(Password password, String stored) {
        try {
            return hasher.needsRehash(stored) ? Optional.of(hasher.hash(password)) : Optional.empty();
        } catch (RuntimeException e) {
            LOG.warn("could not rehash the password; the login continues", e);
            return Optional.empty();
        }
    }

    /**
     * Of those that share a hash, or verify in parallel, the first replaces it. A store that derives the stamp from the hash
     * has another stamp now, unless the password was changed in between.
     */
    private StoredUser replaced(Attempt attempt, StoredUser found, String freshHash, HashGate<Verification> gate) {
        String id = found.user().id();
        try {
            boolean isFirst = users.replacePasswordHash(id, found.passwordHash(), freshHash);
            if (isFirst) {
                listener.on(new AuthEvent.PasswordRehashed(clock.instant(), id));
            }
            Optional<StoredUser> now = users.findById(id);
            if (now.isEmpty() || now.get().passwordHash().equals(freshHash)) {
                return now.orElse(found);
            }
            return isFirst ? found : rehashedConcurrently(attempt, found, now.get(), gate);
        } catch (RuntimeException e) {
            LOG.warn("could not store the new hash of user {}; the login continues", id, e);
            return found;
        }
    }

    /**
     * Of two concurrent logins the first has replaced the hash, and maybe the stamp with it. The other must not count as one
     * with an old password, so its password is verified against the new hash too.
     */
    private StoredUser rehashedConcurrently(
            Attempt attempt, StoredUser found, StoredUser now, HashGate<Verification> gate) {
        if (now.securityStamp().equals(found.securityStamp()) || !isVerifiable(now)) {
            return found;
        }
        String stored = now.passwordHash();
        boolean isCurrent = gate.run(attempt.task(stored), () -> hash(attempt, stored))
                .map(Verification::right)
                .orElse(false);
        return isCurrent ? now : found;
    }

    /** The login before any hashing. */
    private record Attempt(String username, Password password, Optional<StoredUser> user, String reasonIfUnknown) {

        boolean isActive() {
            return user.map(found -> found.user().isActive()).orElse(false);
        }

        /**
         * Returns what determines the result and the cost. The name is part of it: the duration must not reveal that two
         * unknown users share the hash that they are compared with.
         */
        String task(String stored) {
            String typed = password.reveal();
            return username.length() + ":" + username + typed.length() + ":" + typed + isActive() + stored;
        }
    }

    /**
     * What a hash shows.
     *
     * @param right whether the password is correct
     * @param freshHash the hash to store instead, if the stored one is weak
     */
    private record Verification(boolean right, Optional<String> freshHash) {

        @Override
        public String toString() {
            return "Verification[***]";
        }
    }

    /** Collects the settings of a login. Not safe for use by several threads. */
    public static final class Builder {

        private static final int MAX_WAITING = 64;
        private static final Duration MAX_REQUEST_WAIT = Duration.ofSeconds(10);

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
        private HashGate.@Nullable Limits requestLimits;
        private @Nullable Duration cachedFor;
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
         * Remembers for a while the credentials that {@link PasswordLogin#checkRequest} has verified, so that the next requests
         * of the same client cost no hash. Off by default. The user is looked up by each request: a changed password, another
         * hash and a deactivated account take effect at once. Failures are not remembered.
         *
         * <p><b>Security.</b> Only a MAC of name, password and stored hash is kept, under a random key of this process. An attacker
         * who can read the memory of the process gets both, and can guess the passwords of the remembered users as fast as a plain
         * hash allows. At most 1,000 are kept.
         *
         * @param maxAge from one second to 10 minutes, for instance one minute
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder cacheRequests(Duration maxAge) {
            if (maxAge.compareTo(Duration.ofSeconds(1)) < 0 || maxAge.compareTo(Duration.ofMinutes(10)) > 0) {
                throw new IllegalArgumentException("cacheRequests must be from 1 second to 10 minutes, not " + maxAge);
            }
            cachedFor = maxAge;
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
         * Sets how many passwords of logins are hashed in parallel. For argon2id, keep this number, plus that of {@link
         * #requestHashes} if the application accepts HTTP Basic, times its memory below a quarter of the heap.
         *
         * @param count the number of processors by default
         */
        public Builder concurrentHashes(int count) {
            concurrentHashes = count;
            return this;
        }

        /**
         * Sets how many logins may wait to be hashed, or for the hash of a parallel one with the same name and password; a
         * further one is {@link Result.Busy} at once.
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
         * Sets the limits of {@link PasswordLogin#checkRequest}, which are separate from those of logins, so that neither can
         * use up the other's. Requests with the same name and password at the same time take one hash.
         *
         * <p><b>Security.</b> Each waiting request occupies a thread of the server.
         *
         * @param concurrentHashes how many are hashed in parallel, as many as {@link #concurrentHashes} by default
         * @param maxWaiting how many more may wait, 64 by default; a further one is {@link Result.Busy} at once
         * @param maxWait how long one may wait to be hashed, ten seconds by default; after that it is {@link Result.Busy}
         * @throws IllegalArgumentException if {@code concurrentHashes} is below 1 or another one negative
         */
        public Builder requestHashes(int concurrentHashes, int maxWaiting, Duration maxWait) {
            requestLimits =
                    new HashGate.Limits(concurrentHashes, maxWaiting, Objects.requireNonNull(maxWait, "maxWait"));
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

        private HashGate.Limits loginLimits() {
            int waiting = maxWaiting.orElse((int) Math.min(MAX_WAITING, 4L * concurrentHashes));
            return new HashGate.Limits(concurrentHashes, waiting, maxWait);
        }

        private HashGate.Limits requestLimits() {
            return requestLimits != null
                    ? requestLimits
                    : new HashGate.Limits(concurrentHashes, MAX_WAITING, MAX_REQUEST_WAIT);
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
