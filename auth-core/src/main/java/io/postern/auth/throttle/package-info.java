/**
 * Rate limits; start reading at {@link io.postern.auth.throttle.StandardThrottles}.
 *
 * <p>Throttles depend on the vocabulary of {@code io.postern.auth} alone and count in a {@link
 * io.postern.auth.throttle.CounterStore}.
 */
@NullMarked
package io.postern.auth.throttle;

import org.jspecify.annotations.NullMarked;
