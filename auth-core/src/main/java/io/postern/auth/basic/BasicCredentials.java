package io.postern.auth.basic;

import io.postern.auth.internal.Base64Strict;
import io.postern.auth.internal.Latin1;
import io.postern.auth.internal.Utf8;
import io.postern.auth.password.Password;
import java.util.Optional;

/**
 * What the base64 text of a Basic header says.
 *
 * @param username all before the first colon
 * @param password all after it
 */
record BasicCredentials(String username, Password password) {

    /** Reads a text; empty if it is no base64 or what it says has no colon (drf-contract BA-3). */
    static Optional<BasicCredentials> parse(String base64) {
        return Base64Strict.decode(base64)
                .map(bytes -> Utf8.decode(bytes).orElseGet(() -> Latin1.text(bytes)))
                .filter(text -> text.indexOf(':') >= 0)
                .map(BasicCredentials::split);
    }

    private static BasicCredentials split(String text) {
        int colon = text.indexOf(':');
        return new BasicCredentials(text.substring(0, colon), Password.of(text.substring(colon + 1)));
    }

    /** Without the name too: it may be a password in the wrong field. */
    @Override
    public String toString() {
        return "BasicCredentials[***]";
    }
}
