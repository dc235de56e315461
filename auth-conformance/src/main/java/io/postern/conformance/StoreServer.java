package io.postern.conformance;

import java.io.IOException;
import java.nio.file.Path;

/** A database or Redis server that the tests start, on the loopback address. Not thread-safe. */
public sealed interface StoreServer extends AutoCloseable permits PostgresServer, RedisProcess {

    /**
     * Starts one with nothing in it.
     *
     * @param stores {@code jdbc} or {@code redis}
     * @return the running server
     * @throws IOException if it does not start
     */
    static StoreServer start(String stores) throws IOException {
        return stores.equals("jdbc") ? PostgresServer.start() : RedisProcess.start();
    }

    /**
     * Returns where it is.
     *
     * @return the URL
     */
    String url();

    /**
     * Returns the folder with all that it has written.
     *
     * @return the folder
     */
    Path data();

    /**
     * Kills the process as a crash would: clients are not notified and nothing more is written.
     *
     * @throws IOException if it cannot be ended
     */
    void kill() throws IOException;

    /**
     * Starts it on the same port with what it had written.
     *
     * @throws IOException if it does not start
     */
    void startAgain() throws IOException;

    @Override
    void close() throws IOException;
}
