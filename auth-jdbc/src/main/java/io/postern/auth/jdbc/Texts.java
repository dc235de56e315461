package io.postern.auth.jdbc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Texts as they are stored: the same on every database, and no two texts as one.
 *
 * <p>PostgreSQL takes no U+0000, no database takes half a surrogate pair, and MariaDB's binary collation ignores spaces
 * at the end. Each of these is written as U+001A and four hex digits, and so is U+001A itself; everything else stays as
 * it is.
 */
final class Texts {

    /** How many characters a column of ids holds. */
    static final int LONGEST_KEY = 255;

    private static final char MARK = '\u001A';
    private static final String DIGESTED = MARK + "#";

    private Texts() {}

    /** Returns what to store for a text. */
    static String stored(String text) {
        int i = 0;
        while (i < text.length() && !isSpecial(text, i)) {
            i++;
        }
        return i == text.length() ? text : escaped(text);
    }

    /** Returns the text for which this was stored. */
    static String read(String stored) {
        if (stored.indexOf(MARK) < 0) {
            return stored;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < stored.length(); i++) {
            if (stored.charAt(i) == MARK && i + 5 <= stored.length()) {
                text.append((char) HexFormat.fromHexDigits(stored, i + 1, i + 5));
                i += 4;
            } else {
                text.append(stored.charAt(i));
            }
        }
        return text.toString();
    }

    /** Tells whether a column of ids can hold a text. */
    static boolean isKey(String text) {
        return stored(text).length() <= LONGEST_KEY;
    }

    /** Returns the text if a column of ids can hold it, else what stands for it and for no other. */
    static String key(String text) {
        boolean plain = isKey(text) && !text.startsWith(DIGESTED);
        return plain ? text : DIGESTED + HexFormat.of().formatHex(sha256(stored(text)));
    }

    /** Returns the digest of a text. */
    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String escaped(String text) {
        StringBuilder stored = new StringBuilder(text.length() + 4);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSpecial(text, i)) {
                stored.append(MARK).append(HexFormat.of().toHexDigits(c));
            } else {
                stored.append(c);
            }
        }
        return stored.toString();
    }

    private static boolean isSpecial(String text, int i) {
        char c = text.charAt(i);
        if (c == ' ') {
            return i == text.length() - 1;
        }
        return c == '\u0000' || c == MARK || (Character.isSurrogate(c) && !isPaired(text, i));
    }

    private static boolean isPaired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
