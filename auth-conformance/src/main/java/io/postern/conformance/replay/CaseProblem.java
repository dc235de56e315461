package io.postern.conformance.replay;

import java.io.Serial;

/** A scenario that cannot be run to its end: a fault of the case itself, or of the connection. */
final class CaseProblem extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    CaseProblem(String message) {
        super(message);
    }

    CaseProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
