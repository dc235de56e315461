/**
 * Opaque tokens: issue, look up, revoke; read {@link io.postern.auth.token.ApiTokens} first.
 *
 * <p>Depends on the vocabulary and on {@code user}.
 */
@NullMarked
package io.postern.auth.token;

import org.jspecify.annotations.NullMarked;
