/**
 * The life of a login by JWT: pairs, refresh, rotation, theft, devices; read {@link
 * io.postern.auth.refresh.JwtTokens} first.
 *
 * <p>Depends on the vocabulary, on {@code user} and on {@code jwt}.
 */
@NullMarked
package io.postern.auth.refresh;

import org.jspecify.annotations.NullMarked;
