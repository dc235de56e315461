package io.postern.auth.jdbc;

import io.postern.Stores;
import io.postern.auth.jdbc.sql.Database;
import io.postern.auth.jdbc.sql.Dialect;
import io.postern.auth.jdbc.sql.SchemaInstaller;
import io.postern.auth.onetime.OneTimeStore;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.session.SessionStore;
import io.postern.auth.token.TokenStore;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * All stores of Postern in one database.
 *
 * <pre>{@code
 * JdbcStores stores = JdbcStores.of(dataSource);
 * stores.schema().install();
 * Postern postern = Postern.builder().stores(stores)…
 * }</pre>
 *
 * <p>Pass a connection pool; any pool that follows JDBC works, at any isolation level. Connections are borrowed for
 * milliseconds and returned in their original state. Set the pool's own limit for waiting to a second or two. Each call of a
 * store commits by itself, and takes no part in transactions of the application: a connection that may be in one is refused.
 *
 * <p>If the database fails or is slow, stores throw {@link io.postern.auth.StoreException}, and the next call tries again.
 * Times are stored as microseconds since 1970 in UTC, which no time zone of a driver, session or server can shift. Every
 * value is bound, never part of a statement. No secret is stored: of tokens and cookies their digests, of passwords hashes.
 *
 * <p><b>Security.</b> Write access to these tables is enough to log in as any user. Grant the database user of the
 * application the rights to select, insert, update and delete on them, and install the schema as another user. Immutable
 * and safe for use by several threads.
 */
public final class JdbcStores implements Stores {

    private final Database database;
    private final JdbcUserStore users;
    private final TokenStore tokens;
    private final TokenFamilyStore refreshTokens;
    private final RevocationStore revocations;
    private final SessionStore sessions;
    private final JdbcCounterStore counters;
    private final OneTimeStore oneTimeSecrets;
    private final Stores all;

    private JdbcStores(Database database) {
        this.database = database;
        this.users = new JdbcUserStore(database);
        this.tokens = new JdbcTokenStore(database, users);
        this.refreshTokens = new JdbcRefreshTokenStore(database);
        this.revocations = new JdbcRevocationStore(database);
        this.sessions = new JdbcSessionStore(database, users);
        this.counters = new JdbcCounterStore(database);
        this.oneTimeSecrets = new JdbcOneTimeStore(database);
        this.all = Stores.of(users, tokens, refreshTokens, revocations, sessions, counters, oneTimeSecrets);
    }

    /**
     * Creates stores with default settings; asks the database which dialect it has.
     *
     * @throws io.postern.auth.StoreException if the database cannot be reached
     * @throws IllegalStateException if it is not a supported one
     */
    public static JdbcStores of(DataSource source) {
        return builder(source).build();
    }

    /** Returns a builder. */
    public static Builder builder(DataSource source) {
        return new Builder(source);
    }

    @Override
    public <S> Optional<S> find(Class<S> type) {
        return all.find(type);
    }

    /** Returns the user store, for applications without a user table of their own. */
    public JdbcUserStore users() {
        return users;
    }

    /** Returns the store of opaque tokens. Together with {@link #users()} it finds a token and its user by one query. */
    public TokenStore tokens() {
        return tokens;
    }

    /** Returns the store of refresh token families. */
    public TokenFamilyStore refreshTokens() {
        return refreshTokens;
    }

    /** Returns the store of revocations. */
    public RevocationStore revocations() {
        return revocations;
    }

    /** Returns the session store. Together with {@link #users()} it finds a session and its user by one query. */
    public SessionStore sessions() {
        return sessions;
    }

    /** Returns the counter store of throttles. */
    public JdbcCounterStore counters() {
        return counters;
    }

    /** Returns the store of one-time secrets. */
    public OneTimeStore oneTimeSecrets() {
        return oneTimeSecrets;
    }

    /** Returns the database of these stores, for the stores of other components. */
    public Database database() {
        return database;
    }

    /** Returns the installer of the tables. */
    public SchemaInstaller schema() {
        return new SchemaInstaller(database);
    }

    /** Builds {@link JdbcStores}. Not safe for use by several threads. */
    public static final class Builder {

        private final DataSource source;
        private String prefix = "postern_";
        private Duration timeout = Duration.ofSeconds(2);
        private Optional<Dialect> dialect = Optional.empty();
        private boolean autoCommit = true;

        private Builder(DataSource source) {
            this.source = Objects.requireNonNull(source, "source");
        }

        /**
         * Sets the prefix of all table names, so that several applications can share a schema.
         *
         * @param value {@code postern_} by default; a lower-case letter and up to 20 lower-case letters, digits and
         *     underscores
         */
        public Builder tablePrefix(String value) {
            prefix = value;
            return this;
        }

        /**
         * Sets how long a statement of a request may take; deletions of expired rows have 30 seconds. MariaDB and MySQL
         * cancel the statement then, rounded up to whole seconds, and half a second later the connection is closed. For
         * PostgreSQL the connection is closed at once, since its driver would wait for a server that hangs; set {@code
         * lock_timeout} and {@code client_connection_check_interval} there, so that the server does not keep waiting. H2
         * uses its own {@code LOCK_TIMEOUT} only.
         *
         * @param value 2 seconds by default; at most an hour
         */
        public Builder timeout(Duration value) {
            timeout = value;
            return this;
        }

        /**
         * Sets whether the pool's connections have auto-commit on, true by default; then a connection with auto-commit off
         * is refused with an {@link IllegalStateException}, because it may be in a transaction of the application.
         *
         * @param value false for a pool with auto-commit off, whose connections are never in a transaction when borrowed:
         *     not for a transaction-aware DataSource
         */
        public Builder autoCommit(boolean value) {
            autoCommit = value;
            return this;
        }

        /**
         * Sets the kind of database, so that building opens no connection.
         *
         * @param value by default what the driver reports
         */
        public Builder dialect(Dialect value) {
            dialect = Optional.of(value);
            return this;
        }

        /**
         * Builds the stores.
         *
         * @throws IllegalArgumentException if the prefix or the timeout is invalid
         * @throws io.postern.auth.StoreException if the dialect is not set and the database cannot be reached
         * @throws IllegalStateException if the dialect is not set and the database is not a supported one
         */
        public JdbcStores build() {
            Dialect kind = dialect.orElseGet(() -> Dialect.of(source));
            Database database = Database.of(source, kind, prefix, timeout);
            return new JdbcStores(autoCommit ? database : database.withAutoCommitOff());
        }
    }
}
