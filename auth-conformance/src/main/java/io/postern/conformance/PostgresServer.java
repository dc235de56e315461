package io.postern.conformance;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A PostgreSQL of our own on the loopback address, which tests may kill and start again. One thread at a time. */
final class PostgresServer implements StoreServer {

    private final Path data;
    private EmbeddedPostgres running;

    private PostgresServer(Path data, EmbeddedPostgres running) {
        this.data = data;
        this.running = running;
    }

    static PostgresServer start() throws IOException {
        Path data = Files.createTempDirectory("postern-postgres");
        return new PostgresServer(data, started(data, 0));
    }

    @Override
    public String url() {
        return running.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public Path data() {
        return data;
    }

    @Override
    public void kill() throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
        ProcessHandle server =
                ProcessHandle.of(Long.parseLong(lines.get(0).strip())).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
    }

    @Override
    public void startAgain() throws IOException {
        running.close();
        running = started(data, running.getPort());
    }

    @Override
    public void close() throws IOException {
        running.close();
        Folders.delete(data);
    }

    private static EmbeddedPostgres started(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setRegisterShutdownHook(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                // As a server is by itself: what was answered survives a crash.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }
}
