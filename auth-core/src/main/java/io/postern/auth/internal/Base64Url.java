package io.postern.auth.internal;

import java.util.Base64;
import java.util.Optional;

/**
 * Base64url without padding (RFC 7515, appendix C) in canonical form (RFC 4648, section 3.5), so that
 * one token has one encoding. Thread-safe.
 */
public final class Base64Url {

    private Base64Url() {}

    /**
     * Encodes bytes without padding.
     */
    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Decodes a string of A to Z, a to z, 0 to 9, {@code -} and {@code _} whose unused bits are zero.
     *
     * @return the bytes, or empty if the string has any other form
     */
    public static Optional<byte[]> decode(String text) {
        return isCanonical(text) ? Optional.of(Base64.getUrlDecoder().decode(text)) : Optional.empty();
    }

    private static boolean isCanonical(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Base64Digits.value(text.charAt(i), '-', '_') < 0) {
                return false;
            }
        }
        return Base64Digits.endsClean(text, '-', '_');
    }
}
