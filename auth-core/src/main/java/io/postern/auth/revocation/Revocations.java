package io.postern.auth.revocation;

import io.postern.auth.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Revokes access and sliding tokens, and the refresh tokens of families, and tells which are revoked.
 *
 * <pre>{@code
 * Revocations revocations = Revocations.builder(store)
 *         .longestAccessLifetime(Duration.ofMinutes(5)).longestRefreshLifetime(Duration.ofDays(1)).build();
 * revocations.revokeUser(user.id());
 * }</pre>
 *
 * <p>Each node follows the store's feed and answers from memory. While requests come in, one of them reads the feed every
 * half second and the others do not wait; no thread is started. What was revoked on one node is refused by all others no
 * later than a second after, and by the same node at once. When the store fails, memory answers for ten seconds since
 * the last good read, then requests get 503. Until the feed has been read once, and while there are more revocations
 * than {@link Builder#maxEntries}, each request asks the store. With {@link Builder#strict} that is always so, and no
 * node is ever late.
 *
 * <p><b>Security.</b> Only tokens whose signature is good may be asked about, and {@link Builder#maxAccessLifetime}
 * and {@link Builder#maxRefreshLifetime} must not be less than what any of them lives, or revoked tokens come back to
 * life. The clocks of all nodes must agree within an hour, less the leeway. Safe for use by several threads; answering
 * from memory takes no lock.
 */
public final class Revocations {

    private final RevocationStore store;
    private final Optional<RevocationFeed> feed;
    private final Duration maxAccessLifetime;
    private final Duration maxRefreshLifetime;
    private final Clock clock;

    private Revocations(Builder builder, Duration maxAccessLifetime, FeedLimits limits) {
        this.store = builder.store;
        this.clock = builder.clock;
        this.maxAccessLifetime = maxAccessLifetime;
        this.maxRefreshLifetime = longer(builder.maxRefreshLifetime, maxAccessLifetime);
        this.feed = builder.strict
                ? Optional.empty()
                : Optional.of(new RevocationFeed(store, limits, clock, builder.ticker));
    }

    /**
     * Returns a builder.
     *
     * @param store where revocations are kept for all nodes
     * @return the builder
     */
    public static Builder builder(RevocationStore store) {
        return new Builder(store);
    }

    /**
     * Tells whether a token is revoked.
     *
     * @param familyId the login it descends from; empty if it has none
     * @param tokenId its {@code jti}; empty if it has none
     * @param userId whose it is, in the form that {@link #revokeUser} is given; empty if nobody's, and for refresh tokens
     * @param issuedAt its {@code iat}; {@link Instant#EPOCH} if it has none
     * @return true if it is to be refused
     * @throws StoreException if this is not known, because the store has failed for too long
     */
    public boolean isRevoked(String familyId, String tokenId, String userId, Instant issuedAt) {
        RevocationSubject token = new RevocationSubject(familyId, tokenId, userId, issuedAt);
        return feed.isPresent() ? feed.get().isRevoked(token) : store.isRevoked(token);
    }

    /**
     * Revokes all tokens of some families, whenever they were issued; remembered as long as refresh tokens live.
     *
     * @param familyIds the families; none may be empty
     * @throws StoreException if they may not have been revoked: try again
     */
    public void revokeFamilies(List<String> familyIds) {
        revokeFamilies(familyIds, maxRefreshLifetime);
    }

    /**
     * Revokes the access tokens of some families that a {@code RefreshTokenStore} ends for good; remembered as long as
     * access tokens live, which is shorter and costs less memory.
     *
     * @param familyIds the families, whose refresh tokens something else refuses; none may be empty
     * @throws StoreException if they may not have been revoked: try again
     */
    public void revokeAccessOf(List<String> familyIds) {
        revokeFamilies(familyIds, maxAccessLifetime);
    }

    /**
     * Revokes one token; remembered at least as long as access and sliding tokens live, because a sliding token keeps its
     * id when it is prolonged.
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
     * Revokes the access and sliding tokens that a user got before this very second. Those of the same second stay,
     * because tokens carry whole seconds: revoke the user's families as well, which ends theirs precisely. Refresh tokens
     * stay and fetch new access tokens: to end them too, call {@code endAll} of {@code JwtTokens}.
     *
     * @param userId the user, as the tokens name them; not empty
     * @throws StoreException if they may not have been revoked: try again
     */
    public void revokeUser(String userId) {
        Instant now = clock.instant();
        add(List.of(new Revocation(Revocation.Kind.USER, userId, now, now.plus(maxAccessLifetime))));
    }

    /**
     * Makes the store forget some revocations whose tokens ended more than an hour ago; call it until it returns less
     * than the limit.
     *
     * @param limit how many at the most
     * @return how many it forgot
     * @throws StoreException if the store cannot answer
     */
    public int deleteExpired(int limit) {
        return store.deleteExpired(clock.instant().minus(Revocation.MARGIN), limit);
    }

    /**
     * Returns how long the revocation of a user is remembered; no access or sliding token may live longer.
     *
     * @return the setting
     */
    public Duration maxAccessLifetime() {
        return maxAccessLifetime;
    }

    /**
     * Returns how long the revocation of a family is remembered; no refresh token may live longer.
     *
     * @return the setting, or {@link #maxAccessLifetime} if that is more
     */
    public Duration maxRefreshLifetime() {
        return maxRefreshLifetime;
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
            feed.ifPresent(follower -> follower.learn(revocations));
        }
    }

    /** Collects the settings. Not safe for use by several threads. */
    public static final class Builder {

        private final RevocationStore store;
        private Optional<Duration> maxAccessLifetime = Optional.empty();
        private Duration maxRefreshLifetime = Duration.ZERO;
        private boolean strict;
        private Duration pollInterval = Duration.ofMillis(500);
        private Duration staleness = Duration.ofSeconds(1);
        private Duration tolerance = Duration.ofSeconds(10);
        private int maxEntries = 1_000_000;
        private Clock clock = Clock.systemUTC();
        private LongSupplier ticker = System::nanoTime;

        private Builder(RevocationStore store) {
            this.store = Objects.requireNonNull(store, "store");
        }

        /**
         * Sets the longest time from issue to expiry of any access or sliding token, which is how long revocations of
         * users are remembered. There is no default.
         *
         * @param value the time, without leeway
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxAccessLifetime(Duration value) {
            maxAccessLifetime = Optional.of(requirePositive("maxAccessLifetime", value));
            return this;
        }

        /**
         * Sets the longest time in which any refresh token can be refreshed, or any sliding token prolonged, which is how
         * long revocations of families are remembered.
         *
         * @param value the time, without leeway; by default, and at least, {@link #maxAccessLifetime}
         * @return this builder
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
         * Asks the store on each request, so that a revocation is seen everywhere at once; by default memory answers.
         * Every failure of the store is a 503 then. The settings of the feed have no effect.
         *
         * @return this builder
         */
        public Builder alwaysCheckStore() {
            strict = true;
            return this;
        }

        /**
         * Sets how often a busy node reads the feed.
         *
         * @param value 500 milliseconds by default
         * @return this builder
         */
        public Builder pollInterval(Duration value) {
            pollInterval = value;
            return this;
        }

        /**
         * Sets how old a node's knowledge may be. A request that finds it older reads the feed, or waits for the one that
         * is reading it, no longer than this same time.
         *
         * @param value 1 second by default; not less than the poll interval
         * @return this builder
         */
        public Builder maxStaleness(Duration value) {
            staleness = value;
            return this;
        }

        /**
         * Sets how old a node's knowledge may be while the store fails; after that requests get 503.
         *
         * @param value 10 seconds by default; from the staleness, which tolerates nothing, to a day
         * @return this builder
         */
        public Builder maxOutage(Duration value) {
            tolerance = value;
            return this;
        }

        /**
         * Sets how many entries a node remembers, at about 200 bytes each: there is one for each family, token and user
         * that was revoked within its lifetime and an hour. If there are more, each request asks the store until some
         * have expired, and a warning is logged.
         *
         * @param value 1,000,000 by default
         * @return this builder
         */
        public Builder maxEntries(int value) {
            maxEntries = value;
            return this;
        }

        /**
         * Sets the clock, which says when something was revoked and which entries have expired.
         *
         * @param value the system's clock by default
         * @return this builder
         */
        public Builder clock(Clock value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Sets what measures the age of knowledge: nanoseconds that never go back.
         *
         * @param value {@link System#nanoTime} by default
         * @return this builder
         */
        public Builder ticker(LongSupplier value) {
            ticker = Objects.requireNonNull(value, "ticker");
            return this;
        }

        /**
         * Returns the service. The feed is read at the first request, not now.
         *
         * @return the service
         * @throws IllegalStateException if {@link #maxAccessLifetime} was not called
         * @throws IllegalArgumentException if a value cannot work; the message names it and the mend
         */
        public Revocations build() {
            FeedLimits limits = FeedLimits.of(pollInterval, staleness, tolerance, maxEntries);
            Duration lifetime = maxAccessLifetime.orElseThrow(() -> new IllegalStateException(
                    "say how long access tokens live at the most: call .maxAccessLifetime(…)"));
            return new Revocations(this, lifetime, limits);
        }
    }
}
