/**
 * Pairs of JWTs, refresh, rotation, reuse detection and families; start at {@link io.postern.auth.refresh.JwtTokens}.
 *
 * <p>Depends on the vocabulary, {@code user} and {@code jwt}.
 */
@NullMarked
package io.postern.auth.refresh;

import org.jspecify.annotations.NullMarked;
