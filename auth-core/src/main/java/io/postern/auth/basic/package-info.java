/**
 * HTTP Basic (RFC 7617); read {@link io.postern.auth.basic.BasicAuthenticator} first.
 *
 * <p>Depends on the vocabulary of {@code io.postern.auth} and on {@code io.postern.auth.password}.
 */
@NullMarked
package io.postern.auth.basic;

import org.jspecify.annotations.NullMarked;
