package io.postern.auth.jdbc.sql;

/** Thrown when a row with the same key exists; the store decides what that means. */
public final class DuplicateKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DuplicateKeyException(Throwable cause) {
        super("a row with the same key exists", cause);
    }
}
