/**
 * The front door of signed tokens: what an application adds to its {@link io.postern.Postern}; read {@link
 * io.postern.jwt.Jwt} first.
 *
 * <p>It wires {@code io.postern.auth.jwt}, {@code refresh} and {@code revocation} together, so it may depend on all of
 * them, and none on it.
 */
@NullMarked
package io.postern.jwt;

import org.jspecify.annotations.NullMarked;
