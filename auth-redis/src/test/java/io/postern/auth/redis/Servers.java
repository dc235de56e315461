package io.postern.auth.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.IntStream;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.JedisPooled;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** The servers of the tests: one of its own kind for each test run, on ports of this machine alone. */
final class Servers {

    private static final int SLOTS = 16_384;

    private Servers() {}

    /** Returns a client of an empty server; of one from outside, the database given is emptied. */
    static JedisPooled single() {
        JedisPooled client = Single.CLIENT;
        client.flushDB();
        return client;
    }

    static URI uri() {
        return Single.SERVER;
    }

    /** Returns a client of an empty cluster of one node, which refuses commands that span slots as any node does. */
    static JedisCluster cluster() {
        try (Jedis node = new Jedis("127.0.0.1", Cluster.PORT)) {
            node.flushAll();
        }
        return Cluster.CLIENT;
    }

    static RedisServer start(int port, String... settings) {
        try {
            RedisServerBuilder builder =
                    RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"");
            for (String setting : settings) {
                builder.setting(setting);
            }
            RedisServer server = builder.build();
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void stop(RedisServer server) {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static URI uriOf(int port) {
        return URI.create("redis://127.0.0.1:" + port);
    }

    private static void stopAtTheEnd(RedisServer server) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
    }

    private static final class Single {

        static final URI SERVER = URI.create(given());
        static final JedisPooled CLIENT = RedisStores.connect(SERVER);

        private static String given() {
            String outside = System.getenv("POSTERN_TEST_REDIS_URL");
            if (outside != null) {
                return outside;
            }
            int port = freePort();
            stopAtTheEnd(start(port));
            return uriOf(port).toString();
        }
    }

    private static final class Cluster {

        static final int PORT = begun();
        static final JedisCluster CLIENT =
                new JedisCluster(Set.of(new HostAndPort("127.0.0.1", PORT)), 1_000, 2_000, 1, null, pool());

        private static int begun() {
            int port = freePort();
            // The bus has a port of its own, by default 10,000 above.
            stopAtTheEnd(start(
                    port,
                    "cluster-enabled yes",
                    "cluster-config-file nodes.conf",
                    "dir " + folder(),
                    "cluster-require-full-coverage no"));
            try (Jedis node = new Jedis("127.0.0.1", port)) {
                node.clusterAddSlots(IntStream.range(0, SLOTS).toArray());
                while (!node.clusterInfo().contains("cluster_state:ok")) {
                    Thread.onSpinWait();
                }
            }
            return port;
        }

        private static Path folder() {
            try {
                Path folder = Files.createTempDirectory("postern-redis");
                // Last in, first out.
                folder.toFile().deleteOnExit();
                folder.resolve("nodes.conf").toFile().deleteOnExit();
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static ConnectionPoolConfig pool() {
            ConnectionPoolConfig pool = new ConnectionPoolConfig();
            pool.setMaxTotal(64);
            pool.setMaxIdle(64);
            return pool;
        }
    }
}
