package io.postern.auth.jdbc;

/** A row with the same key is there already; the store says what that means. */
final class DuplicateKey extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DuplicateKey(Throwable cause) {
        super("the key is taken", cause);
    }
}
