package io.postern.auth.session;

import java.util.Optional;

/**
 * What a login sends to the browser; {@code toString()} omits the secrets.
 *
 * @param csrfSecret the secret for the CSRF cookie of the session
 * @param setCookie the {@code Set-Cookie} value that the response must contain; empty if the container sends its own
 */
public record SessionStarted(String csrfSecret, Optional<String> setCookie) {
    @Override
    public String toString() {
        return "SessionStarted[***]";
    }
}
