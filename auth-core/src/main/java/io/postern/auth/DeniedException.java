package io.postern.auth;

/**
 * Thrown deep in a handler that finds out that the caller may not go on; adapters answer with its denial.
 *
 * <p>Mirrors raising DRF's {@code APIException} from a view.
 */
public final class DeniedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Denial denial;

    /**
     * Creates it.
     *
     * @param denial what the client is told
     */
    public DeniedException(Denial denial) {
        super(denial.code());
        this.denial = denial;
    }

    /**
     * Returns what the client is told.
     *
     * @return the denial
     */
    public Denial denial() {
        return denial;
    }
}
