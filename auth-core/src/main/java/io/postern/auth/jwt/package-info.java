/**
 * Issues and verifies signed tokens; start with {@link io.postern.auth.jwt.JwtSettings}.
 *
 * <p>The only package that sees the JOSE library. Depends on the vocabulary, on {@code user} and, for {@code
 * JweTokenCipher}, on {@code token}.
 */
@NullMarked
package io.postern.auth.jwt;

import org.jspecify.annotations.NullMarked;
