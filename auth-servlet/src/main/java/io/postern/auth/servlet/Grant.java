package io.postern.auth.servlet;

import io.postern.auth.Authentication;
import io.postern.auth.Gate;
import io.postern.auth.Policy;
import io.postern.auth.Throttle;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/**
 * What the filter leaves with a granted request for later dispatches and for the handler.
 *
 * @param gate who granted it
 * @param policy by which policy
 * @param authentication to whom
 * @param place for which path, that of the application included
 * @param counted the throttles that have counted the request
 */
record Grant(Gate gate, Policy policy, Authentication authentication, String place, Set<Throttle> counted) {

    private static final String ATTRIBUTE = Grant.class.getName();

    static Optional<Grant> of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Grant found ? Optional.of(found) : Optional.empty();
    }

    boolean isOf(Gate other, String path) {
        return gate.equals(other) && place.equals(path);
    }

    /** Sets or, without a grant, removes what handlers see. */
    static void put(HttpServletRequest request, Optional<Grant> grant) {
        request.setAttribute(ATTRIBUTE, grant.orElse(null));
        request.setAttribute(
                Authentication.ATTRIBUTE, grant.map(Grant::authentication).orElse(null));
    }
}
