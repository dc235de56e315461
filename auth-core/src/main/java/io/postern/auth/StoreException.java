package io.postern.auth;

/**
 * A store could not answer; the caller gets 503 and is never let in.
 *
 * <p>Throw it from an SPI when the thing behind it is down, slow or broken. Its message and cause go to the log, so they
 * must not hold a secret; they never reach a client.
 */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates it.
     *
     * @param message what failed, without any value that a client sent
     * @param cause why
     */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Creates it without a cause.
     *
     * @param message what failed, without any value that a client sent
     */
    public StoreException(String message) {
        super(message);
    }
}
