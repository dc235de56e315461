package io.postern.auth.servlet;

import io.postern.auth.Authentication;
import io.postern.auth.Gate;
import io.postern.auth.Policy;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * What the filter leaves with a granted request for later dispatches and for the handler.
 *
 * @param gate who granted it
 * @param policy by which policy
 * @param authentication to whom
 * @param path for which path
 */
record Grant(Gate gate, Policy policy, Authentication authentication, String path) {

    private static final String ATTRIBUTE = Grant.class.getName();

    static Optional<Grant> of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Grant found ? Optional.of(found) : Optional.empty();
    }

    /** Sets or, without a grant, removes what handlers see. */
    static void put(HttpServletRequest request, Optional<Grant> grant) {
        request.setAttribute(ATTRIBUTE, grant.orElse(null));
        request.setAttribute(
                Authentication.ATTRIBUTE, grant.map(Grant::authentication).orElse(null));
    }
}
