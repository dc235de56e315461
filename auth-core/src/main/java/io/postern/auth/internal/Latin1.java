package io.postern.auth.internal;

import java.nio.charset.StandardCharsets;

/** ISO-8859-1, in which one char of a header is one byte. Thread-safe. */
public final class Latin1 {

    private Latin1() {}

    /**
     * Returns the bytes that a header's chars stand for.
     *
     * @param text the chars; one above 255 becomes a question mark
     */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Returns the chars that stand for the bytes of a header.
     */
    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
