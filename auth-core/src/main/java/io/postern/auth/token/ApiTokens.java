package io.postern.auth.token;

import io.postern.auth.StoreException;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
import io.postern.auth.internal.RandomText;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserStore;
import io.postern.auth.user.WithUser;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Issues opaque tokens, looks them up and revokes them.
 *
 * <pre>{@code
 * Tokens tokens = ApiTokens.builder(store).expireAfter(Duration.ofDays(90)).build();
 * String shownOnce = tokens.issue(user.id(), "laptop").text().reveal();
 * }</pre>
 *
 * <b>Security.</b> Only digests are stored, so nobody who reads the store can log in. Immutable and safe for use by
 * several threads.
 */
public final class ApiTokens {

    private static final Logger LOG = LoggerFactory.getLogger(ApiTokens.class);
    private static final Duration TOUCH_INTERVAL = Duration.ofMinutes(1);
    private static final Duration LONGEST_LIFE = Duration.ofDays(36_500);

    private final TokenStore store;
    private final TokenFormat format;
    private final Optional<Duration> timeToLive;
    private final Optional<TokenCipher> cipher;
    private final AuthListener listener;
    private final Clock clock;
    private final RandomText random = new RandomText();

    private ApiTokens(Builder builder) {
        this.store = builder.store;
        this.format = builder.format;
        this.timeToLive = builder.timeToLive;
        this.cipher = builder.cipher;
        this.listener = AuthListener.all(List.of(builder.listener));
        this.clock = builder.clock;
    }

    /**
     * Returns a builder.
     *
     * @param store where tokens are kept
     * @return the builder
     */
    public static Builder builder(TokenStore store) {
        return new Builder(store);
    }

    /**
     * Issues a new token.
     *
     * @param userId for whom
     * @param name what its owner calls it; may be empty
     * @return the token, whose text is not kept
     */
    public IssuedToken issue(String userId, String name) {
        return add(userId, name, format.create());
    }

    /**
     * Takes over a token that exists already, for instance from DRF's {@code authtoken_token}.
     *
     * @param userId whose it is
     * @param name what its owner calls it; may be empty
     * @param text the token
     * @return the token as kept
     * @throws IllegalArgumentException if the format would refuse the text when it is used
     * @throws IllegalStateException if the token is there already
     */
    public StoredToken importExisting(String userId, String name, TokenValue text) {
        if (!format.isPlausible(text.reveal())) {
            throw new IllegalArgumentException(
                    "the token format would refuse this token when it is used: choose TokenFormat.drf() or your own");
        }
        return add(userId, name, text).record();
    }

    /**
     * Returns the token of a login: a new one, or with {@link Builder#repeatable} the one its owner has already.
     *
     * @param userId for whom
     * @return the token
     */
    public IssuedToken getOrIssue(String userId) {
        return cipher.map(key -> repeat(userId, key)).orElseGet(() -> issue(userId, ""));
    }

    /**
     * Looks a token up and notes its use, at most once a minute.
     *
     * @param text what a client sent
     * @return the token, or empty if there is none or it has expired
     * @throws StoreException if the store cannot answer
     */
    public Optional<StoredToken> find(String text) {
        return living(text, store::find, Function.identity());
    }

    /**
     * Looks a token and its owner up, by one query where the store can, and notes its use, at most once a minute.
     *
     * @param text what a client sent
     * @param users who exists
     * @return the token and its owner, or empty if there is no such token or it has expired
     * @throws StoreException if a store cannot answer
     */
    public Optional<WithUser<StoredToken>> findWithUser(String text, UserStore users) {
        return living(text, digest -> store.findWithUser(digest, users), WithUser::found);
    }

    /**
     * Returns tokens of a user, oldest first, without their texts.
     *
     * @param userId the user
     * @param paging which of them
     * @return the tokens
     */
    public List<StoredToken> list(String userId, Paging paging) {
        return store.list(userId, paging);
    }

    /**
     * Revokes a token; when this returns, it is refused.
     *
     * @param userId whose it must be
     * @param id the token's id
     * @return false if there was none
     */
    public boolean revoke(String userId, String id) {
        Optional<StoredToken> removed = store.remove(userId, id);
        removed.ifPresent(token -> listener.on(new AuthEvent.TokenRevoked(clock.instant(), "token", id, userId)));
        return removed.isPresent();
    }

    /**
     * Revokes all tokens of a user, as after a change of password.
     *
     * @param userId the user
     * @return how many there were
     */
    public int revokeAll(String userId) {
        int count = store.removeAll(userId);
        if (count > 0) {
            listener.on(new AuthEvent.TokenRevoked(clock.instant(), "token", "*", userId));
        }
        return count;
    }

    /**
     * Forgets some tokens that have expired; call it until it returns less than the limit.
     *
     * @param limit how many at the most
     * @return how many it forgot
     */
    public int deleteExpired(int limit) {
        return store.deleteExpired(clock.instant(), limit);
    }

    private <T> Optional<T> living(
            String text, Function<String, Optional<T>> byDigest, Function<T, StoredToken> tokenOf) {
        if (!format.isPlausible(text)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<T> found = byDigest.apply(TokenValue.of(text).digest())
                .filter(one -> !tokenOf.apply(one).isExpired(now));
        found.map(tokenOf).filter(token -> isStale(token, now)).ifPresent(token -> touch(token, now));
        return found;
    }

    private IssuedToken add(String userId, String name, TokenValue text) {
        StoredToken token = describe(userId, name, text);
        store.add(token);
        listener.on(new AuthEvent.TokenIssued(token.created(), "token", token.id(), userId));
        return new IssuedToken(text, token);
    }

    private IssuedToken repeat(String userId, TokenCipher key) {
        TokenValue fresh = format.create();
        StoredToken candidate = describe(userId, "", fresh);
        StoredToken kept = store.addUnlessRepeatable(candidate, candidate.created());
        if (kept.id().equals(candidate.id())) {
            listener.on(new AuthEvent.TokenIssued(kept.created(), "token", kept.id(), userId));
            return new IssuedToken(fresh, kept);
        }
        return new IssuedToken(key.decrypt(kept.encrypted().orElseThrow()), kept);
    }

    private StoredToken describe(String userId, String name, TokenValue text) {
        // As precise as stores are, so that what was issued equals what is found.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new StoredToken(
                random.hex(16),
                text.digest(),
                userId,
                name,
                now,
                timeToLive.map(now::plus),
                Optional.empty(),
                cipher.map(key -> key.encrypt(text)));
    }

    private static boolean isStale(StoredToken token, Instant now) {
        return token.lastUsed()
                .map(used -> used.plus(TOUCH_INTERVAL).isBefore(now))
                .orElse(true);
    }

    /** Whoever has been found is let in, whether or not the note can be taken. */
    private void touch(StoredToken token, Instant now) {
        try {
            store.touch(token.digest(), now);
        } catch (StoreException e) {
            LOG.warn("the use of token {} could not be noted", token.id(), e);
        }
    }

    /** Collects the settings. Not safe for use by several threads. */
    public static final class Builder {

        private final TokenStore store;
        private TokenFormat format = TokenFormat.checked("postern");
        private Optional<Duration> timeToLive = Optional.empty();
        private Optional<TokenCipher> cipher = Optional.empty();
        private AuthListener listener = AuthListener.logging();
        private Clock clock = Clock.systemUTC();

        private Builder(TokenStore store) {
            this.store = Objects.requireNonNull(store, "store");
        }

        /**
         * Sets what tokens look like.
         *
         * @param value {@code TokenFormat.checked("postern")} by default
         * @return this builder
         */
        public Builder format(TokenFormat value) {
            format = Objects.requireNonNull(value, "format");
            return this;
        }

        /**
         * Lets tokens end some time after they were issued.
         *
         * @param value how long they live; by default for ever, as DRF's do
         * @return this builder
         * @throws IllegalArgumentException if it is not positive, or more than 36,500 days
         */
        public Builder expireAfter(Duration value) {
            if (value.isNegative() || value.isZero() || value.compareTo(LONGEST_LIFE) > 0) {
                throw new IllegalArgumentException("expireAfter must be positive and at most 36500 days, not " + value
                        + "; leave it out for ever");
            }
            timeToLive = Optional.of(value);
            return this;
        }

        /**
         * Lets each login return the token its owner has already, as DRF does, by keeping it encrypted beside its digest.
         *
         * @param value encrypts the texts; by default there is none and each login gets a token of its own
         * @return this builder
         */
        public Builder repeatable(TokenCipher value) {
            cipher = Optional.of(value);
            return this;
        }

        /**
         * Sets who is told of tokens issued and revoked.
         *
         * @param value in place of the logging listener, which is the default
         * @return this builder
         */
        public Builder listener(AuthListener value) {
            listener = Objects.requireNonNull(value, "listener");
            return this;
        }

        /**
         * Sets the clock.
         *
         * @param value the system's clock by default
         * @return this builder
         */
        public Builder clock(Clock value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Returns the service.
         *
         * @return the service
         */
        public ApiTokens build() {
            return new ApiTokens(this);
        }
    }
}
