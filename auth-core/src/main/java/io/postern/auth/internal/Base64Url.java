package io.postern.auth.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Base64url without padding (RFC 7515, appendix C) in canonical form (RFC 4648, section 3.5), so that
 * one token has one encoding. Thread-safe.
 */
public final class Base64Url {

    /** By the byte of an ASCII character; a table, because each character of each token is looked up. */
    private static final boolean[] DIGITS = digits();

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
        byte[] digits = text.getBytes(StandardCharsets.ISO_8859_1);
        return isCanonical(digits, 0, digits.length)
                ? Optional.of(decodeCanonical(digits, 0, digits.length))
                : Optional.empty();
    }

    /** Returns whether a range of a string in ISO-8859-1 can be decoded. */
    public static boolean isCanonical(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!DIGITS[text[i] & 0xFF]) {
                return false;
            }
        }
        return Base64Digits.endsClean(to - from, to == from ? 'A' : (char) text[to - 1], '-', '_');
    }

    /** Decodes a range for which {@link #isCanonical} is true. */
    public static byte[] decodeCanonical(byte[] text, int from, int to) {
        ByteBuffer decoded = Base64.getUrlDecoder().decode(ByteBuffer.wrap(text, from, to - from));
        // That the buffer has no room to spare is how the JDK does it, not what it promises.
        return decoded.remaining() == decoded.array().length
                ? decoded.array()
                : Arrays.copyOf(decoded.array(), decoded.remaining());
    }

    private static boolean[] digits() {
        boolean[] digits = new boolean[256];
        for (char c = 0; c < 128; c++) {
            digits[c] = Base64Digits.value(c, '-', '_') >= 0;
        }
        return digits;
    }
}
