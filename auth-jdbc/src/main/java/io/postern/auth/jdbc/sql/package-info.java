/**
 * A small SQL toolkit for stores: statements with timeouts and retries, rows, upserts, batches of expired rows, and the
 * installation of tables; start at {@link io.postern.auth.jdbc.sql.Database}.
 */
@NullMarked
package io.postern.auth.jdbc.sql;

import org.jspecify.annotations.NullMarked;
