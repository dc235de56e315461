package io.postern.auth.redis;

import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.session.SessionStore;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.token.TokenStore;
import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.UnifiedJedis;

/**
 * Stores in Redis 6.2 or newer, one server or a cluster, for applications on several servers.
 *
 * <pre>{@code
 * RedisStores stores = RedisStores.builder(RedisStores.connect(URI.create("rediss://cache.example.com"))).build();
 * Tokens tokens = ApiTokens.builder(stores.tokens()).build();
 * }</pre>
 *
 * Each look-up is one round trip. Rows end by themselves an hour after their time; only tokens that never expire have no
 * end in Redis either. Purging is needed for nothing. The client stays the caller's, who closes it.
 *
 * <p><b>Security.</b> A server that evicts keys forgets revocations and used tokens, and lets in whom it should not: set
 * {@code maxmemory-policy noeviction}. A replica that takes over may lack the last moments, revocations among them; {@code
 * min-replicas-to-write 1} makes these moments short. Whoever can write to Redis can log in as anybody: give it a
 * password, TLS, and a network of its own. Digests, ids and encrypted texts are kept, no token and no password.
 *
 * <p>Immutable and safe for use by several threads, if the client is: {@code JedisPooled} and {@code JedisCluster} are.
 */
public final class RedisStores {

    private final TokenStore tokens;
    private final RefreshTokenStore refreshTokens;
    private final RevocationStore revocations;
    private final SessionStore sessions;
    private final CounterStore counters;

    private RedisStores(Commands redis) {
        this.tokens = new RedisTokenStore(redis);
        this.refreshTokens = new RedisRefreshTokenStore(redis);
        this.revocations = new RedisRevocationStore(redis);
        this.sessions = new RedisSessionStore(redis);
        this.counters = new RedisCounterStore(redis);
    }

    /**
     * Returns a builder.
     *
     * <p>Every call waits for the client's time-outs. Give it a connect time-out of a second, a socket time-out of two,
     * and a pool that waits no longer than a second for a free connection: by default Jedis waits for ever. {@link
     * #connect} does all that. A {@code JedisCluster} waits so for each of its attempts, and repeats a command whose
     * answer was lost; then a login may fail that was kept, but nobody is let in by it.
     *
     * @param client says commands to the server; for a cluster a {@code JedisCluster}
     * @return the builder
     */
    public static Builder builder(UnifiedJedis client) {
        return new Builder(client);
    }

    /**
     * Returns a client for one server with 64 connections and time-outs as these stores want them: a second to connect,
     * two for an answer, a second for a free connection. It connects when it is first used. Close it at the end.
     *
     * <p><b>Security.</b> With {@code rediss} the server's certificate must be trusted and bear the host's name, which
     * Jedis by itself does not check.
     *
     * @param server {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss} for TLS
     * @return the client
     * @throws IllegalArgumentException if it is no such URI
     */
    public static JedisPooled connect(URI server) {
        return Clients.connect(server);
    }

    /**
     * Returns the store of opaque tokens.
     *
     * @return the store
     */
    public TokenStore tokens() {
        return tokens;
    }

    /**
     * Returns the store of refresh tokens.
     *
     * @return the store
     */
    public RefreshTokenStore refreshTokens() {
        return refreshTokens;
    }

    /**
     * Returns the store of revoked access tokens. All of it is in one slot of a cluster.
     *
     * @return the store
     */
    public RevocationStore revocations() {
        return revocations;
    }

    /**
     * Returns the store of sessions.
     *
     * @return the store
     */
    public SessionStore sessions() {
        return sessions;
    }

    /**
     * Returns the store of the throttles.
     *
     * @return the store
     */
    public CounterStore counters() {
        return counters;
    }

    /** Collects the settings. Not safe for use by several threads. */
    public static final class Builder {

        private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9:._-]{0,64}");

        private final UnifiedJedis client;
        private String keyPrefix = "postern:";

        private Builder(UnifiedJedis client) {
            this.client = Objects.requireNonNull(client, "client");
        }

        /**
         * Sets what the name of each key begins with, {@code postern:} by default. Applications that share a server
         * without sharing logins need different ones.
         *
         * @param value up to 64 of letters, digits, colons, dots, hyphens and underscores
         * @return this builder
         * @throws IllegalArgumentException if it has another character or is longer
         */
        public Builder keyPrefix(String value) {
            if (!PREFIX.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "keyPrefix must be up to 64 letters, digits, colons, dots, hyphens or underscores, not "
                                + value);
            }
            keyPrefix = value;
            return this;
        }

        /**
         * Returns the stores; asks nothing of the server yet.
         *
         * @return the stores
         * @throws IllegalStateException if the client has a cache of its own, which would know dead tokens as live
         */
        public RedisStores build() {
            if (client.getCache() != null) {
                throw new IllegalStateException(
                        "this client caches what it reads, so revoked tokens would live on: give one without a cache");
            }
            return new RedisStores(new Commands(client, keyPrefix));
        }
    }
}
