package io.postern.auth;

/**
 * Thrown deep in a handler that finds out that the caller may not go on; adapters answer with its denial.
 *
 * <p>Mirrors raising DRF's {@code APIException} from a view.
 */
public final class DeniedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Denial denial;
    private final transient boolean told;

    /**
     * Creates it for a refusal of your own.
     *
     * @param denial what the client is told; a 401 gets the challenges of its place
     */
    public DeniedException(Denial denial) {
        this(denial, false);
    }

    /**
     * Creates it for what a gate has denied, which listeners know already.
     *
     * @param verdict the gate's
     */
    public DeniedException(Verdict.Denied verdict) {
        this(verdict.denial(), true);
    }

    private DeniedException(Denial denial, boolean told) {
        super(denial.code());
        this.denial = denial;
        this.told = told;
    }

    /**
     * Returns what the client is told.
     *
     * @return the denial
     */
    public Denial denial() {
        return denial;
    }

    /**
     * Tells whether a gate has denied it, so that challenges are chosen and listeners told.
     *
     * @return true if there is nothing left but to write it
     */
    public boolean isTold() {
        return told;
    }
}
