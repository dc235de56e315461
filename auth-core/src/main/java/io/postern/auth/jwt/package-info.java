/**
 * Issues, verifies, refreshes and revokes signed tokens; start at {@link io.postern.auth.jwt.JwtTokens} and {@link
 * io.postern.auth.jwt.JwtSettings}.
 *
 * <p>The only package that sees the JOSE library. Depends on the vocabulary, on {@code user}, on {@code session} for the
 * attributes of cookies, and on {@code refresh}.
 */
@NullMarked
package io.postern.auth.jwt;

import org.jspecify.annotations.NullMarked;
