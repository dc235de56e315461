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
        Optional<byte[]> bytes = Base64Strict.decode(base64);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> utf8 = Utf8.decode(bytes.get());
        String pair = utf8.isPresent() ? utf8.get() : Latin1.text(bytes.get());
        return pair.indexOf(':') >= 0 ? Optional.of(split(pair)) : Optional.empty();
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
