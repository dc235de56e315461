package io.postern.auth.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256. All methods are safe for use by several threads. */
public final class Digests {

    private Digests() {}

    /**
     * Digests a text's bytes in UTF-8.
     *
     * @param text the text
     * @return 64 hexadecimal digits in lower case
     */
    public static String sha256Hex(String text) {
        return HexFormat.of().formatHex(sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Digests bytes.
     *
     * @param bytes the bytes
     * @return 32 bytes
     */
    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK lacks SHA-256, which every JDK must have", missing);
        }
    }
}
