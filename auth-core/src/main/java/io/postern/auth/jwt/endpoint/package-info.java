/**
 * The endpoints that hand out, refresh, verify and revoke signed tokens; read {@link
 * io.postern.auth.jwt.endpoint.JwtEndpoints} first.
 *
 * <p>Depends on the endpoints of the core, on {@code jwt} and on {@code refresh}.
 */
@NullMarked
package io.postern.auth.jwt.endpoint;

import org.jspecify.annotations.NullMarked;
