/**
 * The words of the library and the way of a request; start reading at {@link io.postern.auth.Gate}.
 *
 * <p>A {@link io.postern.auth.Policy} names the {@link io.postern.auth.Authenticator authenticators} a place trusts, the
 * {@link io.postern.auth.Permission permissions} it asks for and the {@link io.postern.auth.Throttle throttles} it obeys.
 * The gate holds an {@link io.postern.auth.AuthRequest} against a policy and answers a
 * {@link io.postern.auth.Verdict}. Nothing here imports a feature package; features import these words.
 */
@NullMarked
package io.postern.auth;

import org.jspecify.annotations.NullMarked;
