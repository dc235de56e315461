/**
 * What the stores cost, each figure beside its floor in the same run; read {@link io.postern.benchmarks.Benchmarks} first.
 *
 * <p>Depends on everything; nothing depends on it.
 */
@NullMarked
package io.postern.benchmarks;

import org.jspecify.annotations.NullMarked;
