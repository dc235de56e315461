package io.postern.auth.session;

import java.util.Optional;

/**
 * What a login gives to the browser.
 *
 * <p><b>Security.</b> Does not print.
 *
 * @param csrfSecret the secret that the session's requests have to prove
 * @param setCookie the {@code Set-Cookie} value that the answer must carry; empty if the container sends its own
 */
public record SessionStarted(String csrfSecret, Optional<String> setCookie) {
    @Override
    public String toString() {
        return "SessionStarted[***]";
    }
}
