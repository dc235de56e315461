package io.postern.auth.endpoint;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import java.util.Objects;

/**
 * A request to an endpoint.
 *
 * <p><b>Security.</b> The adapter reads at most {@link Endpoints#maxBody()} bytes and one more, so that a body that
 * is too large is refused without being held. It does not print the body.
 *
 * @param request the request
 * @param path the path below the place where the endpoints are mounted, for instance {@code /token/}
 * @param body the body's bytes; empty if there is none; not copied
 * @param authentication who it acts for, as the endpoint's policy found
 */
public record EndpointRequest(AuthRequest request, String path, byte[] body, Authentication authentication) {

    /**
     * Refuses null.
     *
     * @param request the request
     * @param path the path below the place where the endpoints are mounted, for instance {@code /token/}
     * @param body the body's bytes
     * @param authentication who it acts for, as the endpoint's policy found
     */
    public EndpointRequest {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(authentication, "authentication");
    }

    /**
     * Describes a request that no policy has looked at yet.
     *
     * @param request the request
     * @param path the path below the place where the endpoints are mounted
     * @param body the body's bytes
     */
    public EndpointRequest(AuthRequest request, String path, byte[] body) {
        this(request, path, body, Authentication.anonymous());
    }

    String contentType() {
        return request.header("Content-Type").orElse("");
    }

    @Override
    public String toString() {
        return "EndpointRequest[" + request.method() + " " + path + "]";
    }
}
