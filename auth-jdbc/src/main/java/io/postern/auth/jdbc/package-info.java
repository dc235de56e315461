/**
 * Every store in PostgreSQL, MariaDB, MySQL or H2; read {@link io.postern.auth.jdbc.JdbcStores} first.
 *
 * <p>Depends on {@code auth-core} and the JDK's {@code java.sql}; the driver and the pool are the
 * application's.
 */
@NullMarked
package io.postern.auth.jdbc;

import org.jspecify.annotations.NullMarked;
