/**
 * Limits on how often a caller may ask; start reading at {@link io.postern.auth.throttle.UserThrottle}.
 *
 * <p>Throttles read the words of {@code io.postern.auth} and count in a {@link io.postern.auth.throttle.CounterStore}; they
 * depend on nothing else.
 */
@NullMarked
package io.postern.auth.throttle;

import org.jspecify.annotations.NullMarked;
