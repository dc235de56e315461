package io.postern.auth.servlet;

import io.postern.auth.AuthResponse;

/** Carries the refusal of an include, which cannot set a status, to the dispatch that includes. */
final class RefusedInclude extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient AuthResponse response;

    RefusedInclude(AuthResponse response) {
        super("an included target refused the request");
        this.response = response;
    }

    AuthResponse response() {
        return response;
    }
}
