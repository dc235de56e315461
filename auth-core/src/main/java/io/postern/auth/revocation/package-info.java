/**
 * Ends tokens before their time, on every node; start reading at {@link io.postern.auth.revocation.Revocations}.
 *
 * <p>Depends on {@link io.postern.auth.StoreException} and on nothing else: what a token looks like is not known here.
 */
@NullMarked
package io.postern.auth.revocation;

import org.jspecify.annotations.NullMarked;
