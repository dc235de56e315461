package io.postern.auth.internal;

import java.nio.charset.StandardCharsets;

/**
 * Detects paths that two readers could resolve differently: parameters, encoded slashes, dots and the like, empty
 * segments, or bytes that are not UTF-8.
 */
public final class AmbiguousPath {

    private static final String UNSAFE = "/\\%.\0;";

    private AmbiguousPath() {}

    /** Returns whether a path as sent is ambiguous. */
    public static boolean is(String rawPath) {
        return !isPlain(rawPath) && isAmbiguous(rawPath);
    }

    /** Most paths are plain, which one pass finds out; false means that a closer look is needed. */
    private static boolean isPlain(String path) {
        char before = ' ';
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean isSegment = (c >= 'a' && c <= 'z') || (c >= '-' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!isSegment || (before == '/' && (c == '/' || c == '.'))) {
                return false;
            }
            before = c;
        }
        return path.startsWith("/");
    }

    private static boolean isAmbiguous(String rawPath) {
        return !rawPath.startsWith("/")
                || rawPath.contains("//")
                || rawPath.indexOf(';') >= 0
                || rawPath.indexOf('\\') >= 0
                || rawPath.indexOf('#') >= 0
                || hasDotSegment(rawPath)
                || hasControl(rawPath)
                || hasBadEscape(rawPath);
    }

    /** Returns whether a decoded path has control characters. */
    public static boolean hasControl(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (Character.isISOControl(path.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasDotSegment(String path) {
        return path.contains("/./") || path.contains("/../") || path.endsWith("/.") || path.endsWith("/..");
    }

    private static boolean hasBadEscape(String path) {
        if (path.indexOf('%') < 0) {
            return false;
        }
        byte[] decoded = new byte[path.length()];
        int length = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            int value = c == '%' ? escapeAt(path, i) : c;
            if (value < 0 || value > 0xFF) {
                return true;
            }
            decoded[length++] = (byte) value;
            i += c == '%' ? 2 : 0;
        }
        String utf8 = new String(decoded, 0, length, StandardCharsets.UTF_8);
        return utf8.indexOf('\uFFFD') >= 0 || hasControl(utf8);
    }

    /** Returns the byte of an escape; -1 if it is malformed, or if decoding it changes what the path means. */
    private static int escapeAt(String path, int at) {
        if (at + 2 >= path.length()) {
            return -1;
        }
        int high = hexDigit(path.charAt(at + 1));
        int low = hexDigit(path.charAt(at + 2));
        if (high < 0 || low < 0) {
            return -1;
        }
        int value = high * 16 + low;
        return UNSAFE.indexOf(value) >= 0 ? -1 : value;
    }

    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
