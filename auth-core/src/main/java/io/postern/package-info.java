/**
 * The front door: the one object an application builds; read {@link io.postern.Postern} first.
 *
 * <p>It wires the features of {@code io.postern.auth} together, so it may depend on all of them, and none on it.
 */
@NullMarked
package io.postern;

import org.jspecify.annotations.NullMarked;
