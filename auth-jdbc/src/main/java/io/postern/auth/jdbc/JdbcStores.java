package io.postern.auth.jdbc;

import io.postern.auth.jdbc.sql.Database;
import io.postern.auth.jdbc.sql.Dialect;
import io.postern.auth.jdbc.sql.SchemaInstaller;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.session.SessionStore;
import io.postern.auth.token.TokenStore;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Every store of Postern in one database.
 *
 * <pre>{@code
 * JdbcStores stores = JdbcStores.builder(dataSource).build();
 * stores.schema().install();
 * }</pre>
 *
 * <p>Give it a pool; any that keeps to JDBC will do, with auto-commit on or off and at any isolation level. Connections
 * are borrowed for milliseconds and given back as they were. Set the pool's own limit for lending one to a second or two.
 *
 * <p>When the database fails or is slow, stores throw {@link io.postern.auth.StoreException}, and the next call tries
 * again. Times are stored as microseconds since 1970 in UTC, which no time zone of a driver, session or server can shift.
 * Every text is bound, never part of a statement. No secret is stored: digests, ids and what the application encrypted.
 *
 * <p><b>Security.</b> Whoever can write these tables can log in as anybody. Give the database's user the rights to select,
 * insert, update and delete on them, and install the schema as another. Safe for use by several threads.
 */
public final class JdbcStores {

    private final Database database;
    private final JdbcUserStore users;
    private final TokenStore tokens;
    private final RefreshTokenStore refreshTokens;
    private final RevocationStore revocations;
    private final SessionStore sessions;
    private final JdbcCounterStore counters;

    private JdbcStores(Database database) {
        this.database = database;
        this.users = new JdbcUserStore(database);
        this.tokens = new JdbcTokenStore(database, users);
        this.refreshTokens = new JdbcRefreshTokenStore(database);
        this.revocations = new JdbcRevocationStore(database);
        this.sessions = new JdbcSessionStore(database, users);
        this.counters = new JdbcCounterStore(database);
    }

    /**
     * Returns a builder.
     *
     * @param source the database
     * @return the builder
     */
    public static Builder builder(DataSource source) {
        return new Builder(source);
    }

    /**
     * Returns the store of users, for applications without a table of their own.
     *
     * @return the store
     */
    public JdbcUserStore users() {
        return users;
    }

    /**
     * Returns the store of opaque tokens. Beside {@link #users()} it finds a token and its owner by one query.
     *
     * @return the store
     */
    public TokenStore tokens() {
        return tokens;
    }

    /**
     * Returns the store of token families.
     *
     * @return the store
     */
    public RefreshTokenStore refreshTokens() {
        return refreshTokens;
    }

    /**
     * Returns the store of revocations.
     *
     * @return the store
     */
    public RevocationStore revocations() {
        return revocations;
    }

    /**
     * Returns the store of sessions. Beside {@link #users()} it finds a session and its user by one query.
     *
     * @return the store
     */
    public SessionStore sessions() {
        return sessions;
    }

    /**
     * Returns the store of counters.
     *
     * @return the store
     */
    public JdbcCounterStore counters() {
        return counters;
    }

    /** Returns the database of these stores, for the stores of other components. */
    public Database database() {
        return database;
    }

    /** Returns the installer of the tables. */
    public SchemaInstaller schema() {
        return new SchemaInstaller(database);
    }

    /** Collects the settings. Not safe for use by several threads. */
    public static final class Builder {

        private final DataSource source;
        private String prefix = "postern_";
        private Duration timeout = Duration.ofSeconds(2);
        private Optional<Dialect> dialect = Optional.empty();

        private Builder(DataSource source) {
            this.source = Objects.requireNonNull(source, "source");
        }

        /**
         * Sets what the names of all tables begin with, so that several applications can share a schema.
         *
         * @param value {@code postern_} by default
         * @return this builder
         * @throws IllegalArgumentException if it is more than a letter and 20 letters, digits and underscores
         */
        public Builder tablePrefix(String value) {
            prefix = value;
            return this;
        }

        /**
         * Sets how long a statement of a request may take; purges have half a minute. MariaDB and MySQL cancel it then, rounded up to whole seconds, and half a
         * second later the connection is cut. To PostgreSQL the connection is cut at once, since its driver would wait
         * for a server that hangs; set {@code lock_timeout} and {@code client_connection_check_interval} there, so that
         * what was given up does not wait on. H2 keeps to its own {@code LOCK_TIMEOUT}.
         *
         * @param value 2 seconds by default
         * @return this builder
         * @throws IllegalArgumentException if it is not positive or more than an hour
         */
        public Builder timeout(Duration value) {
            timeout = value;
            return this;
        }

        /**
         * Sets the kind of database, so that building asks for no connection.
         *
         * @param value what the database says of itself by default
         * @return this builder
         */
        public Builder dialect(Dialect value) {
            dialect = Optional.of(value);
            return this;
        }

        /**
         * Returns the stores.
         *
         * @return the stores
         * @throws io.postern.auth.StoreException if the database was to tell its kind and does not answer
         * @throws IllegalStateException if it is of no kind that Postern knows
         */
        public JdbcStores build() {
            Dialect kind = dialect.orElseGet(() -> Dialect.of(source));
            return new JdbcStores(Database.of(source, kind, prefix, timeout));
        }
    }
}
