package io.postern.auth.internal;

/**
 * Case as HTTP knows it: A to Z and nothing else, whatever the locale (the Turkish dotless i, the Kelvin sign). All
 * methods are safe for use by several threads.
 */
public final class Ascii {

    private Ascii() {}

    /**
     * Lowers the letters A to Z.
     *
     * @param text the text
     * @return the text in lower case
     */
    public static String lower(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            out.append(lower(text.charAt(i)));
        }
        return out.toString();
    }

    /**
     * Compares two texts but for the case of A to Z.
     *
     * @param one a text
     * @param other a text
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
