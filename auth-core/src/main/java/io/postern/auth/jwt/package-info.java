/**
 * Signed tokens: issue and verify; read {@link io.postern.auth.jwt.JwtVerifier} first.
 *
 * <p>The only package that sees the JOSE library. Depends on the vocabulary, on {@code user} and, for {@code
 * JweTokenCipher}, on {@code token}.
 */
@NullMarked
package io.postern.auth.jwt;

import org.jspecify.annotations.NullMarked;
