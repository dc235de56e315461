package io.postern.auth.servlet;

import io.postern.auth.DeniedException;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Evaluates the object permissions of the policy under which a handler was called.
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
     * Returns if the caller may access an object; otherwise throws, and the filter responds.
     *
     * <p><b>Security.</b> Object permissions are evaluated here only: a handler that does not call this gives every caller
     * whom the policy grants access to every object.
     *
     * @param request the request, as the handler received it
     * @param object the object about to be read, changed or deleted
     * @throws DeniedException if a permission refuses
     * @throws IllegalStateException if the request did not pass the filter
     */
    public static void check(HttpServletRequest request, Object object) {
        Entry entry = Entry.of(request);
        if (entry == null) {
            throw new IllegalStateException(
                    "no policy: the request did not pass Postern; map the AuthFilter to its path and dispatch");
        }
        entry.guard().checkObject(entry.entered(), object);
    }
}
