package io.postern.auth.endpoint;

import io.postern.auth.AuthResponse;

/**
 * Answers requests to one path; a plain function, free of any framework.
 *
 * <p>Implement this to serve a path of your own beside the ready-made ones. It is called after the endpoint's policy has
 * let the request through, on the thread of the request. Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface Endpoint {

    /**
     * Answers a request.
     *
     * @param request the request with its body
     * @return the answer
     * @throws io.postern.auth.StoreException if a store fails; the caller gets 503
     */
    AuthResponse handle(EndpointRequest request);
}
