package io.postern.auth.token;

import io.postern.auth.StoreException;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
import io.postern.auth.internal.Hmac;
import io.postern.auth.internal.RandomText;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Issues opaque tokens, looks them up and revokes them.
 *
 * <pre>{@code
 * ApiTokens tokens = ApiTokens.builder(store).expireAfter(Duration.ofDays(90)).build();
 * String shownOnce = tokens.issue(user.id(), "laptop").value().reveal();
 * }</pre>
 *
 * <b>Security.</b> Only digests are stored, so reading the store does not let anyone log in. Immutable and safe for use by
 * several threads.
 */
public final class ApiTokens {

    private static final Logger LOG = LoggerFactory.getLogger(ApiTokens.class);
    private static final Duration TOUCH_INTERVAL = Duration.ofMinutes(1);
    private static final Duration MAX_LIFETIME = Duration.ofDays(36_500);
    private static final int BYTES = 32;
    private static final int TRIES = 3;
    private static final int PAGE = 100;

    private final TokenStore store;
    private final TokenValue.Format format;
    private final Optional<Duration> timeToLive;
    private final @Nullable RepeatableTokens repeatable;
    private final AuthListener listener;
    private final Clock clock;
    private final RandomText random = new RandomText();

    private ApiTokens(Builder builder) {
        Duration staleness = builder.maxStaleness;
        this.store = staleness == null ? builder.store : new CachedTokenStore(builder.store, staleness, builder.clock);
        this.format = builder.format;
        this.timeToLive = Optional.ofNullable(builder.timeToLive);
        this.repeatable = builder.repeatable == null ? null : RepeatableTokens.of(builder.repeatable, format);
        this.listener = AuthListener.all(List.of(builder.listener));
        this.clock = builder.clock;
    }

    /** Returns a builder for tokens in a store. */
    public static Builder builder(TokenStore store) {
        return new Builder(store);
    }

    /**
     * Issues a new token.
     *
     * @param userId the user who will own it
     * @param name a label for its owner; may be empty
     * @return the token; its value is not stored
     */
    public Issued issue(String userId, String name) {
        return add(userId, name, format.create(random.bytes(BYTES)));
    }

    /**
     * Takes over a token that exists already, for instance from DRF's {@code authtoken_token}. It stays valid; its value is
     * not stored, so that logins do not return it again.
     *
     * @param userId the user who owns it
     * @param name a label for its owner; may be empty
     * @return the record of the token
     * @throws IllegalArgumentException if the format would reject the value when it is used
     * @throws IllegalStateException if the token is in the store already
     */
    public StoredToken importExisting(String userId, String name, TokenValue value) {
        if (!format.isPlausible(value.reveal())) {
            throw new IllegalArgumentException(
                    "the token format would refuse this token when it is used: choose TokenValue.Format.drf() or your own");
        }
        return add(userId, name, value).record();
    }

    /**
     * Returns the token of a login: a new one or, with {@link Builder#repeatable}, the one that the user has already.
     *
     * @throws StoreException if the store fails
     */
    public Issued getOrIssue(String userId) {
        return repeatable == null ? issue(userId, "") : getOrIssue(userId, repeatable);
    }

    /**
     * Looks up a token and records its use, at most once a minute.
     *
     * @param value what a client sent
     * @return the token, or empty if there is none or it has expired
     * @throws StoreException if the store fails
     */
    public Optional<StoredToken> find(String value) {
        if (!format.isPlausible(value)) {
            return Optional.empty();
        }
        TokenValue presented = TokenValue.of(value);
        Optional<StoredToken> found = store.find(presented);
        return found.isPresent() && isUsable(presented, found.get()) ? found : Optional.empty();
    }

    /**
     * Looks up a token and its owner, by one query where the store can, and records its use, at most once a minute.
     *
     * @param value what a client sent
     * @param users finds the owner
     * @return the token and its owner, or empty if the token does not exist or has expired
     * @throws StoreException if a store fails
     */
    public Optional<UserStore.WithUser<StoredToken>> findWithUser(String value, UserStore users) {
        if (!format.isPlausible(value)) {
            return Optional.empty();
        }
        TokenValue presented = TokenValue.of(value);
        Optional<UserStore.WithUser<StoredToken>> found = store.findWithUser(presented, users);
        return found.isPresent() && isUsable(presented, found.get().found()) ? found : Optional.empty();
    }

    /** Returns tokens of a user, oldest first, without their values. */
    public List<StoredToken> list(String userId, Paging paging) {
        return store.list(userId, paging);
    }

    /**
     * Revokes a token; when this returns, it is rejected.
     *
     * @param userId the user who must own it
     * @param id the token's id
     * @return false if there was no such token
     */
    public boolean revoke(String userId, String id) {
        Optional<StoredToken> removed = store.remove(userId, id);
        removed.ifPresent(token -> listener.on(new AuthEvent.TokenRevoked(clock.instant(), "token", id, userId)));
        return removed.isPresent();
    }

    /** Revokes all tokens of a user, for instance after a change of password, and returns their number. */
    public int revokeAll(String userId) {
        int count = store.removeAll(userId);
        if (count > 0) {
            listener.on(new AuthEvent.TokenRevoked(clock.instant(), "token", "*", userId));
        }
        return count;
    }

    /** Deletes up to {@code limit} expired tokens and returns the number deleted. */
    public int deleteExpired(int limit) {
        return store.deleteExpired(clock.instant(), limit);
    }

    /** Returns whether a token has not expired, and records that it is used. */
    private boolean isUsable(TokenValue presented, StoredToken token) {
        Instant now = clock.instant();
        if (token.isExpired(now)) {
            return false;
        }
        if (isStale(token, now)) {
            touch(presented, token, now);
        }
        return true;
    }

    private Issued add(String userId, String name, TokenValue value) {
        Instant now = now();
        StoredToken token = record(random.hex(16), userId, name, now, now);
        return add(value, token).orElseThrow(() -> new IllegalStateException("a token with this value exists already"));
    }

    private Optional<Issued> add(TokenValue value, StoredToken token) {
        if (!store.add(value, token)) {
            return Optional.empty();
        }
        listener.on(new AuthEvent.TokenIssued(clock.instant(), "token", token.id(), token.userId()));
        return Optional.of(new Issued(value, token));
    }

    private Issued getOrIssue(String userId, RepeatableTokens tokens) {
        for (int i = 0; i < TRIES; i++) {
            Instant now = now();
            List<String> ids = tokens.ids(userId, timeToLive, now);
            Optional<Issued> known = known(userId, tokens, ids, now);
            if (known.isPresent()) {
                return known.get();
            }
            // A random fraction of a second: on a coarse clock, a token issued right after a revocation differs too.
            Instant created = now.minus(random.number(1_000_000), ChronoUnit.MICROS);
            StoredToken token = record(ids.get(ids.size() - 1), userId, "", created, now);
            Optional<Issued> added = add(tokens.value(token), token);
            if (added.isPresent()) {
                return added.get();
            }
        }
        throw new StoreException("the store neither adds a token nor returns the one that is in the way");
    }

    /** Returns the oldest unexpired token of a user whose value is known. */
    private Optional<Issued> known(String userId, RepeatableTokens tokens, List<String> ids, Instant now) {
        Paging paging = Paging.first(PAGE);
        List<StoredToken> page;
        do {
            page = store.list(userId, paging);
            for (StoredToken token : page) {
                Optional<TokenValue> value =
                        ids.contains(token.id()) ? Optional.of(tokens.value(token)) : store.reveal(token);
                if (value.isPresent() && !token.isExpired(now)) {
                    return Optional.of(new Issued(value.get(), token));
                }
                paging = paging.after(token.created(), token.id());
            }
        } while (page.size() == PAGE);
        return Optional.empty();
    }

    private StoredToken record(String id, String userId, String name, Instant created, Instant now) {
        return new StoredToken(id, userId, name, created, timeToLive.map(now::plus), Optional.empty());
    }

    /** As precise as stores are, so that what was issued equals what is found. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static boolean isStale(StoredToken token, Instant now) {
        return token.lastUsed().isEmpty()
                || token.lastUsed().get().plus(TOUCH_INTERVAL).isBefore(now);
    }

    /** Failing to update the last use must not fail the request. */
    private void touch(TokenValue value, StoredToken token, Instant now) {
        try {
            store.touch(value, now);
        } catch (StoreException e) {
            LOG.warn("could not update the last use of token {}", token.id(), e);
        }
    }

    /** Collects the settings. Not safe for use by several threads. */
    public static final class Builder {

        private final TokenStore store;
        private TokenValue.Format format = TokenValue.Format.checked("postern");
        private @Nullable Duration timeToLive;
        private @Nullable Hmac repeatable;
        private @Nullable Duration maxStaleness;
        private AuthListener listener = AuthListener.logging();
        private Clock clock = Clock.systemUTC();

        private Builder(TokenStore store) {
            this.store = Objects.requireNonNull(store, "store");
        }

        /** Sets the format of token values, {@code TokenValue.Format.checked("postern")} by default. */
        public Builder format(TokenValue.Format value) {
            format = Objects.requireNonNull(value, "format");
            return this;
        }

        /**
         * Sets the lifetime of tokens; by default they never expire, as DRF's.
         *
         * @throws IllegalArgumentException if it is not positive, or more than 36,500 days
         */
        public Builder expireAfter(Duration value) {
            if (value.isNegative() || value.isZero() || value.compareTo(MAX_LIFETIME) > 0) {
                throw new IllegalArgumentException("expireAfter must be positive and at most 36500 days, not " + value
                        + "; leave it out for tokens that never expire");
            }
            timeToLive = value;
            return this;
        }

        /**
         * Returns the same token at every login, as DRF does (drf-contract AT-4); by default each login gets a token of its
         * own. Token values are derived by HMAC-SHA256 and not stored.
         *
         * <p><b>Security.</b> The key and the store together give all these tokens: keep the key outside the store. After a
         * change of the key, tokens issued before stay valid, and the next login issues another. So it does after a change
         * of the format, where tokens of the former one stay valid if the new one accepts them.
         *
         * @param key at least 32 random bytes, the same on every server and used for nothing else
         * @throws IllegalArgumentException if there are fewer
         */
        public Builder repeatable(byte[] key) {
            repeatable = Hmac.of("repeatable", key);
            return this;
        }

        /**
         * Remembers each token and its owner for a short time after they were found, up to 10,000 tokens, which spares most
         * requests the look-up in a database or Redis; by default each request looks up.
         *
         * <p><b>Security.</b> For as long as {@code maxStaleness} a request is granted by what was true before: a token that
         * another server revoked, a user who was deactivated, deleted or lost a permission. What this object revokes is
         * rejected at once. While the store fails, remembered tokens are accepted for as long, and no others. Only digests of
         * tokens are kept.
         *
         * @param maxStaleness for how long after it was read an answer counts, for instance 5 seconds
         * @throws IllegalArgumentException if it is not positive, or more than 5 minutes
         */
        public Builder cacheLookups(Duration maxStaleness) {
            if (maxStaleness.isNegative()
                    || maxStaleness.isZero()
                    || maxStaleness.compareTo(CachedTokenStore.MAX_STALENESS) > 0) {
                throw new IllegalArgumentException("cacheLookups must be positive and at most 5 minutes, not "
                        + maxStaleness + ", because revoked tokens are accepted as long as that; leave it out to look"
                        + " up at each request");
            }
            this.maxStaleness = maxStaleness;
            return this;
        }

        /** Sets the event listener; by default events are logged. */
        public Builder listener(AuthListener value) {
            listener = Objects.requireNonNull(value, "listener");
            return this;
        }

        /** Sets the clock, the system's by default. */
        public Builder clock(Clock value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** Returns the service. */
        public ApiTokens build() {
            return new ApiTokens(this);
        }
    }

    /**
     * A token just issued.
     *
     * @param value the token itself, to be shown to its owner once
     * @param record what the store keeps
     */
    public record Issued(TokenValue value, StoredToken record) {}
}
