package io.postern.auth;

/**
 * A predicate over a request and its authentication, combined with {@link #and}, {@link #or} and {@link #not}.
 *
 * <p>Implement this for a rule of your own; a lambda is sufficient. The gate evaluates the permissions of a policy in order,
 * on the request thread; all must grant. If one throws, the request is denied.
 *
 * <pre>{@code
 * Permission p = isAdmin().or((request, who) -> request.method().equals("GET"));
 * }</pre>
 *
 * Object permissions are evaluated only when the handler passes the object it is about to access. Implementations must be
 * thread-safe.
 *
 * <p>Mirrors DRF's {@code BasePermission}; the composition rules are drf-contract PC-1 to PC-6.
 */
@FunctionalInterface
public interface Permission {

    /** Returns whether the request is granted. */
    boolean allows(AuthRequest request, Authentication authentication);

    /**
     * Returns whether access to one object is granted; called after {@link #allows} has granted the request. By default every
     * object is granted.
     */
    default boolean allowsObject(AuthRequest request, Authentication authentication, Object object) {
        return true;
    }

    /**
     * Returns the denial for an authenticated caller whom {@link #allows} refused; anonymous callers get 401 instead. The
     * default is DRF's 403.
     */
    default Denial denial(AuthRequest request, Authentication authentication) {
        return Denial.permissionDenied();
    }

    /** Returns the denial for a caller whom {@link #allowsObject} refused; by default that of {@link #denial}. */
    default Denial objectDenial(AuthRequest request, Authentication authentication, Object object) {
        return denial(request, authentication);
    }

    /**
     * Returns a permission that grants if both do; the second is not evaluated if the first refuses. Its message is DRF's
     * standard one.
     */
    default Permission and(Permission other) {
        return new Composite.And(this, other);
    }

    /**
     * Returns a permission that grants if one of both does. For objects, a side counts only if it grants the request as well
     * (drf-contract PC-3). Its message is DRF's standard one.
     */
    default Permission or(Permission other) {
        return new Composite.Or(this, other);
    }

    /**
     * Returns a permission that grants if this one refuses, for requests and for objects separately: the negation of a
     * permission without a rule for objects refuses every object (drf-contract PC-4). Its message is DRF's standard one.
     */
    default Permission not() {
        return new Composite.Not(this);
    }

    /**
     * Returns a permission that decides as this one does, with its own message and code. Composites lose those of their
     * parts, so call this on the composite.
     *
     * @param message one sentence for the client
     * @param code a stable identifier
     */
    default Permission withMessage(String message, String code) {
        return new Composite.WithMessage(this, message, code);
    }
}
