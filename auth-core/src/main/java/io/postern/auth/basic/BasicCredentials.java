package io.postern.auth.basic;

import io.postern.auth.internal.Base64Strict;
import io.postern.auth.internal.Latin1;
import io.postern.auth.internal.Utf8;
import io.postern.auth.password.Password;
import java.util.Optional;

/**
 * The decoded credentials of a Basic header.
 *
 * @param username the characters before the first colon
 * @param password the characters after it
 */
record BasicCredentials(String username, Password password) {

    /** Decodes the credentials; empty if they are not base64 or contain no colon (drf-contract BA-3). */
    static Optional<BasicCredentials> parse(String base64) {
        return Base64Strict.decode(base64)
                .map(bytes -> Utf8.decode(bytes).orElseGet(() -> Latin1.text(bytes)))
                .filter(text -> text.indexOf(':') >= 0)
                .map(BasicCredentials::split);
    }

    private static BasicCredentials split(String pair) {
        int colon = pair.indexOf(':');
        return new BasicCredentials(pair.substring(0, colon), Password.of(pair.substring(colon + 1)));
    }

    /** Omits the name too: it may be a password typed into the wrong field. */
    @Override
    public String toString() {
        return "BasicCredentials[***]";
    }
}
