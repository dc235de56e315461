package io.postern.auth.jdbc.sql;

import java.util.HexFormat;

/**
 * Escapes strings so that every database stores them exactly and never treats two different strings as equal.
 *
 * <p>PostgreSQL rejects U+0000, no database stores an unpaired surrogate, and MariaDB's binary collation ignores trailing
 * spaces. Each of these is written as U+001A and four hex digits, and so is U+001A itself; everything else is unchanged.
 */
final class Escapes {

    static final char ESCAPE = '\u001A';

    private Escapes() {}

    static String escape(String string) {
        int i = 0;
        while (i < string.length() && !isSpecial(string, i)) {
            i++;
        }
        return i == string.length() ? string : escaped(string);
    }

    static String unescape(String stored) {
        if (stored.indexOf(ESCAPE) < 0) {
            return stored;
        }
        StringBuilder string = new StringBuilder();
        for (int i = 0; i < stored.length(); i++) {
            if (stored.charAt(i) == ESCAPE && i + 5 <= stored.length()) {
                string.append((char) HexFormat.fromHexDigits(stored, i + 1, i + 5));
                i += 4;
            } else {
                string.append(stored.charAt(i));
            }
        }
        return string.toString();
    }

    private static String escaped(String string) {
        StringBuilder stored = new StringBuilder(string.length() + 4);
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (isSpecial(string, i)) {
                stored.append(ESCAPE).append(HexFormat.of().toHexDigits(c));
            } else {
                stored.append(c);
            }
        }
        return stored.toString();
    }

    private static boolean isSpecial(String string, int i) {
        char c = string.charAt(i);
        if (c == ' ') {
            return i == string.length() - 1;
        }
        return c == '\u0000' || c == ESCAPE || (Character.isSurrogate(c) && !isPaired(string, i));
    }

    private static boolean isPaired(String string, int i) {
        return Character.isHighSurrogate(string.charAt(i))
                ? i + 1 < string.length() && Character.isLowSurrogate(string.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(string.charAt(i - 1));
    }
}
