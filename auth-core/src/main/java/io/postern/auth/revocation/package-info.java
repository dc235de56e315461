/**
 * Revokes tokens before they expire, on every node; start at {@link io.postern.auth.revocation.Revocations}.
 *
 * <p>Depends on {@link io.postern.auth.StoreException} and on nothing else: it does not know the format of tokens.
 */
@NullMarked
package io.postern.auth.revocation;

import org.jspecify.annotations.NullMarked;
