package io.postern.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/**
 * A Redis process on the loopback address that writes each change to disk before it replies, and that tests may
 * kill and start again. One thread at a time.
 */
final class RedisProcess implements StoreServer {

    private final Path data;
    private final int port;
    private RedisServer running;

    private RedisProcess(Path data, int port) throws IOException {
        this.data = data;
        this.port = port;
        this.running = started();
    }

    static RedisProcess start() throws IOException {
        return new RedisProcess(Files.createTempDirectory("postern-redis"), freePort());
    }

    @Override
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public Path data() {
        return data;
    }

    @Override
    public void kill() throws IOException {
        try (Jedis client = new Jedis(URI.create(url()))) {
            String id = client.info("server")
                    .lines()
                    .filter(line -> line.startsWith("process_id:"))
                    .findFirst()
                    .orElseThrow();
            ProcessHandle server = ProcessHandle.of(
                            Long.parseLong(id.substring(id.indexOf(':') + 1).strip()))
                    .orElseThrow();
            server.destroyForcibly();
            server.onExit().join();
        }
        running.stop();
    }

    @Override
    public void startAgain() throws IOException {
        running = started();
    }

    @Override
    public void close() throws IOException {
        running.stop();
        Folders.delete(data);
    }

    private RedisServer started() throws IOException {
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .setting("dir " + data)
                .setting("appendonly yes")
                .setting("appendfsync always")
                .build();
        server.start();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
