package io.postern.auth.revocation;

import io.postern.auth.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Revokes access and sliding tokens, and the refresh tokens of families.
 *
 * <pre>{@code
 * Revocations revocations = Revocations.builder(store)
 *         .maxAccessLifetime(Duration.ofMinutes(5)).maxRefreshLifetime(Duration.ofDays(1)).build();
 * revocations.revokeUser(user.id());
 * }</pre>
 *
 * <p>Each node follows the store's feed and checks tokens in memory. One daemon thread, {@code postern-revocations}, reads the
 * feed every half second; the first request starts it, and it ends a minute after the last one and by {@link #close}. A
 * revocation takes effect at once on the node that added it, and on all others within a second. When the store fails or
 * hangs, memory is trusted for ten seconds after the last successful read, then requests get 503; none of them waits. Only
 * the first requests wait, for the first read and no longer than a second. While the first read goes on, and while there are
 * more revocations than {@link Builder#maxEntries}, each request queries the store. With {@link Builder#alwaysCheckStore}
 * every request does, and revocations take effect everywhere at once.
 *
 * <p><b>Security.</b> Only tokens with a verified signature may be checked. {@link Builder#maxAccessLifetime} and {@link
 * Builder#maxRefreshLifetime} must not be less than the lifetime of any token, or revoked tokens become valid again. The
 * clocks of all nodes must agree within an hour, less the leeway. Safe for use by several threads; checking in memory takes
 * no lock.
 */
public final class Revocations implements AutoCloseable {

    private final RevocationStore store;
    private final @Nullable RevocationFeed feed;
    private final Duration maxAccessLifetime;
    private final Duration maxRefreshLifetime;
    private final Clock clock;

    private Revocations(Builder builder, Duration maxAccessLifetime, FeedLimits limits) {
        this.store = builder.store;
        this.clock = builder.clock;
        this.maxAccessLifetime = maxAccessLifetime;
        this.maxRefreshLifetime = longer(builder.maxRefreshLifetime, maxAccessLifetime);
        this.feed = builder.alwaysCheckStore ? null : feed(builder, limits);
    }

    private static RevocationFeed feed(Builder builder, FeedLimits limits) {
        FeedCopy copy = new FeedCopy(builder.store, limits, builder.clock, builder.ticker);
        FeedPoller poller = builder.poller == null
                ? new PollingThread(copy, limits, PollingThread.IDLE, builder.ticker)
                : builder.poller.create(copy);
        return new RevocationFeed(builder.store, copy, poller, builder.ticker);
    }

    /**
     * Returns a builder.
     *
     * @param store the store that all nodes share
     */
    public static Builder builder(RevocationStore store) {
        return new Builder(store);
    }

    /**
     * Returns whether a token is revoked.
     *
     * @param token a token with a verified signature
     * @throws StoreException if this is unknown, because the store has failed for too long
     */
    public boolean isRevoked(Revocation.Subject token) {
        return feed == null ? store.isRevoked(token) : feed.isRevoked(token);
    }

    /**
     * Revokes all tokens of some families, whenever they were issued; stored as long as refresh tokens live.
     *
     * @param familyIds the families; none may be empty
     * @throws StoreException if they may not have been revoked: try again
     */
    public void revokeFamilies(List<String> familyIds) {
        revokeFamilies(familyIds, maxRefreshLifetime);
    }

    /**
     * Revokes the access tokens of some families whose refresh tokens a {@code TokenFamilyStore} rejects; stored only as
     * long as access tokens live, which saves memory.
     *
     * @param familyIds the families; none may be empty
     * @throws StoreException if they may not have been revoked: try again
     */
    public void revokeAccessOf(List<String> familyIds) {
        revokeFamilies(familyIds, maxAccessLifetime);
    }

    /**
     * Revokes one token; stored at least as long as access and sliding tokens live, because a refreshed sliding token has
     * the same id.
     *
     * @param tokenId its {@code jti}, not empty
     * @param expires its {@code exp}
     * @throws StoreException if it may not have been revoked: try again
     */
    public void revokeToken(String tokenId, Instant expires) {
        Instant now = clock.instant();
        Instant prolonged = now.plus(maxAccessLifetime);
        Instant end = expires.isAfter(prolonged) ? expires : prolonged;
        add(List.of(new Revocation(Revocation.Kind.TOKEN, tokenId, now, end)));
    }

    /**
     * Revokes the access and sliding tokens that a user was issued before the current second. Those of the same second
     * stay valid, because tokens carry whole seconds: revoke the user's families as well, which is exact. Refresh tokens
     * stay valid and can be exchanged for new access tokens: to revoke them too, call {@code revokeAllFamilies} of {@code
     * JwtTokens}.
     *
     * @param userId the user as tokens name it; not empty
     * @throws StoreException if they may not have been revoked: try again
     */
    public void revokeUser(String userId) {
        Instant now = clock.instant();
        add(List.of(new Revocation(Revocation.Kind.USER, userId, now, now.plus(maxAccessLifetime))));
    }

    /**
     * Deletes revocations whose tokens expired more than an hour ago. Call it until it returns less than the limit.
     *
     * @param limit the maximum number to delete
     * @return the number deleted
     * @throws StoreException if the store cannot answer
     */
    public int deleteExpired(int limit) {
        return store.deleteExpired(clock.instant().minus(Revocation.MARGIN), limit);
    }

    /** Returns how long the revocation of a user is stored; no access or sliding token may live longer. */
    public Duration maxAccessLifetime() {
        return maxAccessLifetime;
    }

    /** Returns how long the revocation of a family is stored: at least {@link #maxAccessLifetime}. */
    public Duration maxRefreshLifetime() {
        return maxRefreshLifetime;
    }

    /**
     * Ends the thread that reads the feed; {@code Postern.close()} calls this. Memory is then used for {@link
     * Builder#maxOutage} more, after which checks fail; revoking continues to work. Waits a second at most for a read that is
     * under way. Further calls have no effect.
     */
    @Override
    public void close() {
        if (feed != null) {
            feed.close();
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private void revokeFamilies(List<String> familyIds, Duration lifetime) {
        Instant now = clock.instant();
        add(familyIds.stream()
                .map(id -> new Revocation(Revocation.Kind.FAMILY, id, now, now.plus(lifetime)))
                .toList());
    }

    private void add(List<Revocation> revocations) {
        if (!revocations.isEmpty()) {
            store.add(revocations);
            if (feed != null) {
                feed.learn(revocations);
            }
        }
    }

    /** Collects the settings. Not safe for use by several threads. */
    public static final class Builder {

        private final RevocationStore store;
        private @Nullable Duration maxAccessLifetime;
        private Duration maxRefreshLifetime = Duration.ZERO;
        private boolean alwaysCheckStore;
        private Duration maxStaleness = Duration.ofSeconds(1);
        private Duration maxOutage = Duration.ofSeconds(10);
        private int maxEntries = 1_000_000;
        private Clock clock = Clock.systemUTC();
        private LongSupplier ticker = System::nanoTime;
        private FeedPoller.@Nullable Factory poller;

        private Builder(RevocationStore store) {
            this.store = Objects.requireNonNull(store, "store");
        }

        /**
         * Sets the maximum lifetime of access and sliding tokens, which is how long revocations of users are stored.
         * Required.
         *
         * @param value the time from issue to expiry, without leeway
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxAccessLifetime(Duration value) {
            maxAccessLifetime = requirePositive("maxAccessLifetime", value);
            return this;
        }

        /**
         * Sets the maximum time in which a refresh or sliding token can be refreshed, which is how long revocations of
         * families are stored.
         *
         * @param value the time, without leeway; by default, and at least, {@link #maxAccessLifetime}
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxRefreshLifetime(Duration value) {
            maxRefreshLifetime = requirePositive("maxRefreshLifetime", value);
            return this;
        }

        private static Duration requirePositive(String name, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + " must be positive, not " + value);
            }
            return value;
        }

        /**
         * Queries the store on each request, so that a revocation takes effect everywhere at once; by default tokens are
         * checked in memory. Every failure of the store is a 503 then. The settings of the feed have no effect.
         */
        public Builder alwaysCheckStore() {
            alwaysCheckStore = true;
            return this;
        }

        /**
         * Sets the maximum age of a node's copy of the feed while the store works: the feed is read twice within this time. The
         * first requests wait for the first read no longer than this same time.
         *
         * @param value 1 second by default; positive
         */
        public Builder maxStaleness(Duration value) {
            maxStaleness = value;
            return this;
        }

        /**
         * Sets the maximum age of a node's copy of the feed while the store fails; after that requests get 503.
         *
         * @param value 10 seconds by default; from {@link #maxStaleness}, which tolerates no failure, to a day
         */
        public Builder maxOutage(Duration value) {
            maxOutage = value;
            return this;
        }

        /**
         * Sets the maximum number of entries in a node's memory, at about 200 bytes each: one for each family, token and
         * user revoked within its lifetime and an hour. If there are more, each request queries the store until some have
         * expired, and a warning is logged.
         *
         * @param value 1,000,000 by default
         */
        public Builder maxEntries(int value) {
            maxEntries = value;
            return this;
        }

        /** Sets the clock that dates revocations and decides which have expired; the system's by default. */
        public Builder clock(Clock value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** Sets the source of monotonic nanoseconds by which the age of the feed is measured. */
        Builder ticker(LongSupplier value) {
            ticker = value;
            return this;
        }

        /** Sets what polls in place of the thread. */
        Builder poller(FeedPoller.Factory value) {
            poller = value;
            return this;
        }

        /**
         * Creates the service. The feed is read at the first request, not now.
         *
         * @throws IllegalStateException if {@link #maxAccessLifetime} was not called
         * @throws IllegalArgumentException if a value is out of range
         */
        public Revocations build() {
            FeedLimits limits = FeedLimits.of(maxStaleness, maxOutage, maxEntries);
            if (maxAccessLifetime == null) {
                throw new IllegalStateException(
                        "the maximum lifetime of access tokens is not set: call" + " .maxAccessLifetime(…)");
            }
            return new Revocations(this, maxAccessLifetime, limits);
        }
    }
}
