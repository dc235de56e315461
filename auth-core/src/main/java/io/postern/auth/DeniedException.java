package io.postern.auth;

/**
 * Thrown by a handler that refuses the request; the adapter responds with its denial.
 *
 * <p>Mirrors raising DRF's {@code APIException} from a view.
 */
public final class DeniedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Denial denial;

    /**
     * Creates the exception.
     *
     * @param denial the response to send; a 401 gets the challenges of the request's policy
     */
    public DeniedException(Denial denial) {
        super(denial.code());
        this.denial = denial;
    }

    /** Returns the response to send. */
    public Denial denial() {
        return denial;
    }
}
