/**
 * The vocabulary of the library and the evaluation of a request; start reading at {@link io.postern.auth.Gate}.
 *
 * <p>A {@link io.postern.auth.Policy} has the {@link io.postern.auth.Authenticator authenticators}, {@link
 * io.postern.auth.Permission permissions} and {@link io.postern.auth.Throttle throttles} of a path or handler. The gate
 * evaluates an {@link io.postern.auth.AuthRequest} against a policy and returns a {@link io.postern.auth.Verdict}. This
 * package imports no feature package; features import it.
 */
@NullMarked
package io.postern.auth;

import org.jspecify.annotations.NullMarked;
