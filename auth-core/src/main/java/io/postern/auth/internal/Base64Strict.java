package io.postern.auth.internal;

import java.util.Base64;
import java.util.Optional;

/**
 * Standard base64 (RFC 4648, section 4) with padding, without white space or unused bits, as HTTP Basic uses it.
 * Thread-safe.
 */
public final class Base64Strict {

    private Base64Strict() {}

    /**
     * Encodes bytes with padding.
     */
    public static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * Decodes a string of A to Z, a to z, 0 to 9, {@code +} and {@code /}, padded with {@code =} to a multiple of four.
     *
     * @return the bytes, or empty if the string has any other form
     */
    public static Optional<byte[]> decode(String text) {
        return isCanonical(text) ? Optional.of(Base64.getDecoder().decode(text)) : Optional.empty();
    }

    private static boolean isCanonical(String text) {
        if (text.length() % 4 != 0) {
            return false;
        }
        String digits = unpadded(text);
        for (int i = 0; i < digits.length(); i++) {
            if (Base64Digits.value(digits.charAt(i), '+', '/') < 0) {
                return false;
            }
        }
        return Base64Digits.endsClean(digits, '+', '/');
    }

    private static String unpadded(String text) {
        if (text.endsWith("==")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("=") ? text.substring(0, text.length() - 1) : text;
    }
}
