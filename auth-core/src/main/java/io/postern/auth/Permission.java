package io.postern.auth;

/**
 * A condition on a request and who makes it, combined with {@link #and}, {@link #or} and {@link #not}.
 *
 * <p>Implement this for a rule of your own; a lambda will do. The gate asks the permissions of a policy in order, on the
 * thread of the request; all must grant. Where one throws, the request is refused.
 *
 * <pre>{@code
 * Permission p = isAdmin().or((request, who) -> request.method().equals("GET"));
 * }</pre>
 *
 * Object permissions are asked only when the handler says which object it is about to touch. Implementations are safe
 * for use by several threads.
 *
 * <p>Mirrors DRF's {@code BasePermission}; the composition rules are drf-contract PC-1 to PC-6.
 */
@FunctionalInterface
public interface Permission {

    /**
     * Tells whether the request may go on.
     *
     * @param request the request
     * @param authentication who makes it
     * @return true to grant
     */
    boolean allows(AuthRequest request, Authentication authentication);

    /**
     * Tells whether the request may touch one object; asked after {@link #allows} has granted.
     *
     * @param request the request
     * @param authentication who makes it
     * @param object the object
     * @return true to grant; by default every object is granted
     */
    default boolean allowsObject(AuthRequest request, Authentication authentication, Object object) {
        return true;
    }

    /**
     * Returns what a known caller is told when {@link #allows} refused; nobody is told to log in instead.
     *
     * @param request the request
     * @param authentication who makes it
     * @return the denial; by default DRF's 403
     */
    default Denial denial(AuthRequest request, Authentication authentication) {
        return Denial.permissionDenied();
    }

    /**
     * Returns what a known caller is told when {@link #allowsObject} refused.
     *
     * @param request the request
     * @param authentication who makes it
     * @param object the object
     * @return the denial; by default that of {@link #denial}
     */
    default Denial objectDenial(AuthRequest request, Authentication authentication, Object object) {
        return denial(request, authentication);
    }

    /**
     * Returns a permission that grants where both do; the second is not asked when the first refuses.
     *
     * @param other the second
     * @return the conjunction, whose message is DRF's standard one
     */
    default Permission and(Permission other) {
        return new Composite.And(this, other);
    }

    /**
     * Returns a permission that grants where one of both does. On objects, a side counts only if it grants the request
     * as well (drf-contract PC-3).
     *
     * @param other the second
     * @return the disjunction, whose message is DRF's standard one
     */
    default Permission or(Permission other) {
        return new Composite.Or(this, other);
    }

    /**
     * Returns a permission that grants where this one refuses, on requests and on objects separately. So the negation
     * of a permission without a rule for objects refuses every object (drf-contract PC-4).
     *
     * @return the negation, whose message is DRF's standard one
     */
    default Permission not() {
        return new Composite.Not(this);
    }

    /**
     * Returns this permission with a message and a code of its own; composites lose those of their parts, so give them
     * one here.
     *
     * @param message one sentence for the client
     * @param code a stable word
     * @return a permission that decides as this one does
     */
    default Permission withMessage(String message, String code) {
        return new Composite.WithMessage(this, message, code);
    }
}
