/**
 * The endpoints that issue, refresh, verify and revoke JWTs; start at {@link
 * io.postern.auth.jwt.endpoint.JwtEndpoints}.
 *
 * <p>Depends on the endpoints of the core, on {@code jwt} and on {@code refresh}. Not exported.
 */
@NullMarked
package io.postern.auth.jwt.endpoint;

import org.jspecify.annotations.NullMarked;
