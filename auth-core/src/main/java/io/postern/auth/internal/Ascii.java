package io.postern.auth.internal;

/**
 * ASCII case mapping, independent of the locale (Turkish dotless i, Kelvin sign).
 * Thread-safe.
 */
public final class Ascii {

    private Ascii() {}

    /**
     * Lowers the letters A to Z.
     *
     * @return the string in lower case
     */
    public static String lower(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            out.append(lower(text.charAt(i)));
        }
        return out.toString();
    }

    /** Returns whether a string has no other characters than the printable ones of ASCII and spaces. */
    public static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    /**
     * Compares two strings, ignoring the case of A to Z.
     *
     * @return true if they are equal
     */
    public static boolean equalsIgnoreCase(String one, String other) {
        return one.length() == other.length() && startsWithIgnoreCase(one, 0, other);
    }

    /** Returns whether a string continues with another one from an index on, ignoring the case of A to Z. */
    static boolean startsWithIgnoreCase(String text, int from, String start) {
        if (text.length() - from < start.length()) {
            return false;
        }
        for (int i = 0; i < start.length(); i++) {
            if (lower(text.charAt(from + i)) != lower(start.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
}
