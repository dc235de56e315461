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

    /**
     * Compares two strings, ignoring the case of A to Z.
     *
     * @return true if they are equal
     */
    public static boolean equalsIgnoreCase(String one, String other) {
        if (one.length() != other.length()) {
            return false;
        }
        for (int i = 0; i < one.length(); i++) {
            if (lower(one.charAt(i)) != lower(other.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
}
