package io.postern.auth.redis;

import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.util.JedisURIHelper;

/** Creates clients with timeouts. */
final class Clients {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration REPLY = Duration.ofSeconds(2);
    private static final Duration FREE = Duration.ofSeconds(1);
    private static final int CONNECTIONS = 64;
    private static final int DEFAULT_PORT = 6379;

    private Clients() {}

    static JedisPooled connect(URI server) {
        boolean secure = JedisURIHelper.isRedisSSLScheme(server);
        if (server.getHost() == null || !(secure || JedisURIHelper.isRedisScheme(server))) {
            // Without the URI, which may contain a password.
            throw new IllegalArgumentException("a server is redis://host:port, or rediss:// for TLS");
        }
        int port = server.getPort() < 0 ? DEFAULT_PORT : server.getPort();
        return new JedisPooled(new HostAndPort(server.getHost(), port), client(server, secure), pool());
    }

    private static JedisClientConfig client(URI server, boolean secure) {
        SSLParameters parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis((int) CONNECT.toMillis())
                .socketTimeoutMillis((int) REPLY.toMillis())
                .user(JedisURIHelper.getUser(server))
                .password(JedisURIHelper.getPassword(server))
                .database(JedisURIHelper.getDBIndex(server))
                .ssl(secure)
                .sslParameters(parameters)
                .build();
    }

    private static ConnectionPoolConfig pool() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(FREE);
        pool.setJmxEnabled(false);
        return pool;
    }
}
