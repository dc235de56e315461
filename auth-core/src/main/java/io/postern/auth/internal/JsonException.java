package io.postern.auth.internal;

/**
 * The input is not the expected JSON.
 *
 * <p>The message reads like those of Python's parser, which DRF shows to clients. It names the position, never the content, so
 * it is safe to send and to log. It has no stack trace, so malformed input stays cheap.
 */
public final class JsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates it.
     *
     * @param message what is wrong and where, without any of the content
     */
    public JsonException(String message) {
        super(message, null, false, false);
    }
}
