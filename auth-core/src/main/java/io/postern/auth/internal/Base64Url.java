package io.postern.auth.internal;

import java.util.Base64;
import java.util.Optional;

/**
 * Base64url without padding as RFC 7515 (appendix C) has it; one text for one content (RFC 4648, section 3.5), so that
 * nobody can write the same token in two ways. All methods are safe for use by several threads.
 */
public final class Base64Url {

    private Base64Url() {}

    /**
     * Encodes bytes without padding.
     *
     * @param bytes the bytes
     * @return the text
     */
    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Decodes a text of A to Z, a to z, 0 to 9, {@code -} and {@code _} whose unused bits are zero.
     *
     * @param text the text
     * @return the bytes, or empty if the text has any other form
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
