/**
 * Users authenticated by the container; start with {@link io.postern.auth.remote.RemoteUserAuthenticator}.
 *
 * <p>Depends on {@code io.postern.auth} and on {@code user}.
 */
@NullMarked
package io.postern.auth.remote;

import org.jspecify.annotations.NullMarked;
