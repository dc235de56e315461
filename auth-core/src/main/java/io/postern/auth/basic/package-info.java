/**
 * HTTP Basic authentication (RFC 7617); start with {@link io.postern.auth.basic.BasicAuthenticator}.
 *
 * <p>Depends on {@code io.postern.auth} and on {@code io.postern.auth.password}.
 */
@NullMarked
package io.postern.auth.basic;

import org.jspecify.annotations.NullMarked;
