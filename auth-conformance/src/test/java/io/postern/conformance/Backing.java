package io.postern.conformance;

import java.io.IOException;
import java.nio.file.Path;

/** A server that stores are kept in, which a test shares among nodes, looks into, kills and starts again. */
interface Backing extends AutoCloseable {

    Storage open() throws Exception;

    Path data();

    void kill() throws IOException;

    void startAgain() throws IOException;

    @Override
    void close() throws IOException;

    /** Which servers there are. */
    enum Kind {
        POSTGRESQL {
            @Override
            Backing start() throws IOException {
                return new Postgres(PostgresServer.start());
            }
        },
        REDIS {
            @Override
            Backing start() throws IOException {
                return new Redis(RedisProcess.start());
            }
        };

        abstract Backing start() throws IOException;
    }

    /** Stores in a database. */
    record Postgres(PostgresServer server) implements Backing {

        @Override
        public Storage open() throws Exception {
            return JdbcStorage.open(server.url());
        }

        @Override
        public Path data() {
            return server.data();
        }

        @Override
        public void kill() throws IOException {
            server.kill();
        }

        @Override
        public void startAgain() throws IOException {
            server.startAgain();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    /** Stores in Redis. */
    record Redis(RedisProcess server) implements Backing {

        @Override
        public Storage open() throws Exception {
            return RedisStorage.open(server.url());
        }

        @Override
        public Path data() {
            return server.data();
        }

        @Override
        public void kill() throws IOException {
            server.kill();
        }

        @Override
        public void startAgain() throws IOException {
            server.startAgain();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
