/**
 * Users that the container vouches for; read {@link io.postern.auth.remote.RemoteUserAuthenticator} first.
 *
 * <p>Depends on the vocabulary and on {@code user}.
 */
@NullMarked
package io.postern.auth.remote;

import org.jspecify.annotations.NullMarked;
