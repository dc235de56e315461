package io.postern.auth.internal;

/**
 * A text is not the JSON that was asked for.
 *
 * <p>The message reads like those of Python's parser, which DRF shows to clients. It names the place, never the text, so
 * it is safe to answer and to log. It has no stack trace: whoever sends rubbish must not cost much.
 */
public final class JsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates it.
     *
     * @param message what is wrong and where, without any of the text
     */
    public JsonException(String message) {
        super(message, null, false, false);
    }
}
