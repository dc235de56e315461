/**
 * Endpoints as functions from {@link io.postern.auth.endpoint.EndpointRequest} to {@link io.postern.auth.AuthResponse};
 * start reading at {@link io.postern.auth.endpoint.Endpoints}.
 *
 * <p>Depends on the vocabulary and on the features whose credentials the built-in endpoints issue.
 */
@NullMarked
package io.postern.auth.endpoint;

import org.jspecify.annotations.NullMarked;
