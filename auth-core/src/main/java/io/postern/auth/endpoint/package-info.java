/**
 * The ready-made endpoints as plain functions, {@link io.postern.auth.endpoint.EndpointRequest} to {@link
 * io.postern.auth.AuthResponse}; read {@link io.postern.auth.endpoint.Endpoints} first.
 *
 * <p>Depends on the vocabulary and on the features whose credentials it hands out.
 */
@NullMarked
package io.postern.auth.endpoint;

import org.jspecify.annotations.NullMarked;
