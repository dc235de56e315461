package io.postern.auth.redis;

import io.postern.auth.internal.Digests;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Escapes strings from outside, so that no two are stored alike.
 *
 * <p>UTF-8 cannot encode an unpaired surrogate, and lists of values are separated by tabs: both are escaped.
 */
final class Text {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._@+:-]{1,64}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final char ESCAPE = '\\';
    private static final int HEX = 16;
    private static final int DIGITS = 4;

    private Text() {}

    static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /** Returns an id for the name of a key: the id itself if it is short and plain, else its digest. */
    static String inKey(String id) {
        return PLAIN.matcher(id).matches() ? id : "#" + Digests.sha256Hex(escape(id));
    }

    static String escape(String text) {
        if (text.chars().noneMatch(c -> c < ' ' || c == ESCAPE || Character.isSurrogate((char) c))) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + DIGITS);
        text.codePoints().forEach(c -> {
            if (c < ' ' || c == ESCAPE || isHalf(c)) {
                escaped.append(ESCAPE).append(HexFormat.of().toHexDigits((char) c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    static String unescape(String escaped) {
        int next = escaped.indexOf(ESCAPE);
        if (next < 0) {
            return escaped;
        }
        StringBuilder text = new StringBuilder(escaped.length());
        int done = 0;
        while (next >= 0) {
            int end = next + 1 + DIGITS;
            text.append(escaped, done, next).append((char) Integer.parseInt(escaped, next + 1, end, HEX));
            done = end;
            next = escaped.indexOf(ESCAPE, done);
        }
        return text.append(escaped, done, escaped.length()).toString();
    }

    private static boolean isHalf(int codePoint) {
        return codePoint <= Character.MAX_VALUE && Character.isSurrogate((char) codePoint);
    }
}
