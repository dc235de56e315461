package io.postern.auth;

/**
 * Thrown by a store that is unavailable; the caller gets 503 and is never granted access.
 *
 * <p>Throw it from an SPI when the backend is down, slow or broken. Its message and cause are logged, so they must not
 * contain a secret; they are never sent to a client.
 */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception with a cause.
     *
     * @param message what failed, without any value that a client sent
     */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Creates an exception without a cause.
     *
     * @param message what failed, without any value that a client sent
     */
    public StoreException(String message) {
        super(message);
    }
}
