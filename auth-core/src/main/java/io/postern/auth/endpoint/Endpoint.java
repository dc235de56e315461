package io.postern.auth.endpoint;

import io.postern.auth.AuthResponse;

/**
 * Handles the requests of one method to one path, independently of any framework.
 *
 * <p>Implement this to serve a path of your own beside the built-in ones. It is called after the policy of the path has
 * granted the request, on the thread of the request. Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface Endpoint {

    /**
     * Handles a request.
     *
     * @throws io.postern.auth.DeniedException to refuse the request
     * @throws io.postern.auth.StoreException if a store fails; the client gets 503
     */
    AuthResponse handle(EndpointRequest request);
}
