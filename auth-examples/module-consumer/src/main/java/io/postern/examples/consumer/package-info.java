/**
 * Postern on the module path; start reading at {@link io.postern.examples.consumer.Application}.
 *
 * <p>Depends on the modules {@code io.postern.auth.core} and {@code io.postern.auth.servlet}.
 */
@NullMarked
package io.postern.examples.consumer;

import org.jspecify.annotations.NullMarked;
