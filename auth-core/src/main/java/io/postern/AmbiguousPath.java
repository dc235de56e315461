package io.postern;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells paths that two readers could take for different ones: parameters, encoded slashes, dots and the like, empty
 * segments, or bytes that are no UTF-8.
 */
final class AmbiguousPath {

    private static final Set<String> ENCODED = Set.of("2f", "5c", "25", "2e", "00", "3b");

    private AmbiguousPath() {}

    /** Looks at the path as sent. */
    static boolean is(String rawPath) {
        return !rawPath.startsWith("/")
                || rawPath.contains("//")
                || rawPath.indexOf(';') >= 0
                || rawPath.indexOf('\\') >= 0
                || rawPath.indexOf('#') >= 0
                || hasDotSegment(rawPath)
                || hasControl(rawPath)
                || hasBadEscape(rawPath);
    }

    static boolean hasControl(String path) {
        return path.chars().anyMatch(Character::isISOControl);
    }

    private static boolean hasDotSegment(String path) {
        for (String segment : path.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasBadEscape(String path) {
        if (path.indexOf('%') < 0) {
            return false;
        }
        byte[] decoded = new byte[path.length()];
        int length = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            Optional<Integer> escaped = c == '%' ? escapeAt(path, i) : Optional.of((int) c);
            if (escaped.isEmpty() || escaped.get() > 0xFF) {
                return true;
            }
            decoded[length++] = (byte) escaped.get().intValue();
            i += c == '%' ? 2 : 0;
        }
        String text = new String(decoded, 0, length, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') >= 0 || hasControl(text);
    }

    /** Returns the byte of an escape; empty if it is none, or one whose decoding changes what the path means. */
    private static Optional<Integer> escapeAt(String path, int at) {
        if (at + 2 >= path.length()) {
            return Optional.empty();
        }
        String digits = path.substring(at + 1, at + 3).toLowerCase(Locale.ROOT);
        return digits.matches("[0-9a-f]{2}") && !ENCODED.contains(digits)
                ? Optional.of(Integer.parseInt(digits, 16))
                : Optional.empty();
    }
}
