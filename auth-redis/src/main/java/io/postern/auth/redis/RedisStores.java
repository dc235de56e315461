package io.postern.auth.redis;

import io.postern.Stores;
import io.postern.auth.onetime.OneTimeStore;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.session.SessionStore;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.token.TokenStore;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.UnifiedJedis;

/**
 * Stores in Redis 6.2 or newer, one server or a cluster, for applications on several servers: all stores but that of users.
 *
 * <pre>{@code
 * RedisStores stores = RedisStores.of(RedisStores.connect(URI.create("rediss://cache.example.com")));
 * Postern postern = Postern.builder().stores(stores).users(users)…
 * }</pre>
 *
 * Each look-up is one round trip. Keys expire by themselves an hour after their row; only tokens that never expire have keys
 * that never do. No expired rows need to be deleted, except revocations. The client belongs to the caller, who closes it.
 *
 * <p><b>Security.</b> A server that evicts keys loses revocations and used tokens, and then accepts tokens that it must
 * reject: set {@code maxmemory-policy noeviction}. A replica that is promoted may lack the last writes, revocations among
 * them; {@code min-replicas-to-write 1} makes that window short. Write access to Redis is enough to log in as any user:
 * protect it by a password, TLS, and a network of its own. No token, cookie or password is stored: of tokens and cookies
 * their digests.
 *
 * <p>Immutable and safe for use by several threads, if the client is: {@code JedisPooled} and {@code JedisCluster} are.
 */
public final class RedisStores implements Stores {

    private final TokenStore tokens;
    private final TokenFamilyStore refreshTokens;
    private final RevocationStore revocations;
    private final SessionStore sessions;
    private final CounterStore counters;
    private final OneTimeStore oneTimeSecrets;
    private final Stores all;

    private RedisStores(Commands redis) {
        this.tokens = new RedisTokenStore(redis);
        this.refreshTokens = new RedisRefreshTokenStore(redis);
        this.revocations = new RedisRevocationStore(redis);
        this.sessions = new RedisSessionStore(redis);
        this.counters = new RedisCounterStore(redis);
        this.oneTimeSecrets = new RedisOneTimeStore(redis);
        this.all = Stores.of(tokens, refreshTokens, revocations, sessions, counters, oneTimeSecrets);
    }

    /**
     * Creates stores with default settings; see {@link #builder} for the client.
     *
     * @throws IllegalStateException if the client has a cache of its own, which would return revoked tokens as live
     */
    public static RedisStores of(UnifiedJedis client) {
        return builder(client).build();
    }

    /**
     * Returns a builder.
     *
     * <p>Every call waits for the client's timeouts. Give it a connect timeout of a second, a socket timeout of two, and a
     * pool that waits at most a second for a free connection: by default Jedis waits without limit. {@link #connect} does
     * all that. A {@code JedisCluster} waits that long for each of its attempts, and repeats a command whose reply was lost;
     * then a login that was stored may be reported as failed, but no request is granted by mistake.
     *
     * @param client sends commands to the server; for a cluster a {@code JedisCluster}
     */
    public static Builder builder(UnifiedJedis client) {
        return new Builder(client);
    }

    /**
     * Returns a client for one server with 64 connections and the timeouts that these stores need: a second to connect, two
     * for a reply, a second for a free connection. It connects when it is first used. Close it at the end.
     *
     * <p><b>Security.</b> With {@code rediss} the server's certificate must be trusted and match the host name, which Jedis
     * by itself does not check.
     *
     * @param server {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss} for TLS
     * @throws IllegalArgumentException if the URI has another form
     */
    public static JedisPooled connect(URI server) {
        return Clients.connect(server);
    }

    @Override
    public <S> Optional<S> find(Class<S> type) {
        return all.find(type);
    }

    /** Returns the store of opaque tokens. */
    public TokenStore tokens() {
        return tokens;
    }

    /** Returns the store of refresh token families. */
    public TokenFamilyStore refreshTokens() {
        return refreshTokens;
    }

    /** Returns the store of revocations. All of it is in one slot of a cluster. */
    public RevocationStore revocations() {
        return revocations;
    }

    /** Returns the session store. */
    public SessionStore sessions() {
        return sessions;
    }

    /** Returns the counter store of throttles. */
    public CounterStore counters() {
        return counters;
    }

    /** Returns the store of one-time secrets. */
    public OneTimeStore oneTimeSecrets() {
        return oneTimeSecrets;
    }

    /** Builds {@link RedisStores}. Not safe for use by several threads. */
    public static final class Builder {

        private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9:._-]{0,64}");

        private final UnifiedJedis client;
        private String keyPrefix = "postern:";

        private Builder(UnifiedJedis client) {
            this.client = Objects.requireNonNull(client, "client");
        }

        /**
         * Sets the prefix of all keys, {@code postern:} by default. Applications that share a server but not their logins
         * need different ones.
         *
         * @param value up to 64 of letters, digits, colons, dots, hyphens and underscores
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
         * Builds the stores; sends nothing to the server yet.
         *
         * @throws IllegalStateException if the client has a cache of its own, which would return revoked tokens as live
         */
        public RedisStores build() {
            if (client.getCache() != null) {
                throw new IllegalStateException(
                        "this client has a cache, from which revoked tokens would be accepted: use one without a cache");
            }
            return new RedisStores(new Commands(client, keyPrefix));
        }
    }
}
