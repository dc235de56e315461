package io.postern.auth.servlet;

import io.postern.auth.DeniedException;
import io.postern.auth.Verdict;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Asks the object permissions of the place that a handler serves.
 *
 * <pre>{@code
 * Todo todo = todos.get(id);
 * ObjectPermissions.check(request, todo);
 * }</pre>
 *
 * The method is safe for use by several threads. Mirrors DRF's {@code check_object_permissions} (drf-contract PM-7).
 */
public final class ObjectPermissions {

    private ObjectPermissions() {}

    /**
     * Returns if the caller may touch an object, and throws if not; the filter turns the exception into the answer.
     *
     * <p><b>Security.</b> Permissions on objects are asked here and nowhere else: a handler that does not call this
     * lets everybody whom the policy grants touch every object.
     *
     * @param request the request, as the handler got it
     * @param object what is about to be read, changed or deleted
     * @throws DeniedException if a permission refuses
     * @throws IllegalStateException if the request did not pass the filter
     */
    public static void check(HttpServletRequest request, Object object) {
        Grant grant = Grant.of(request)
                .orElseThrow(() -> new IllegalStateException(
                        "no policy: the request did not pass Postern; map the AuthFilter to its path and dispatch"));
        Verdict verdict = grant.gate()
                .checkObject(new ServletAuthRequest(request), grant.policy(), grant.authentication(), object);
        if (verdict instanceof Verdict.Denied denied) {
            throw new DeniedException(denied);
        }
    }
}
