package io.postern.auth.internal;

/** White space as Python's {@code str.strip()} and {@code str.split()} define it, which includes no-break spaces. */
public final class WhiteSpace {

    private WhiteSpace() {}

    /** Returns whether a character is white space. */
    public static boolean is(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    /** Returns a value without surrounding white space. */
    public static String strip(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && is(value.charAt(start))) {
            start++;
        }
        while (end > start && is(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(start, end);
    }
}
