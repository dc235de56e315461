package io.postern.auth.internal;

/**
 * A body is not the form that its content type promises.
 *
 * <p>The message contains nothing of the body, so it is safe to send and to log. It has no stack trace: a client that sends
 * rubbish must not cost much.
 */
public final class FormException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates it.
     *
     * @param message what is wrong, without any of the body
     */
    public FormException(String message) {
        super(message, null, false, false);
    }
}
