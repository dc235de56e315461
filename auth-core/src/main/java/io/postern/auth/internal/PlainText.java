package io.postern.auth.internal;

/** Makes strings from outside safe to log. */
public final class PlainText {

    private static final int MAX_LENGTH = 256;

    private PlainText() {}

    /** Cuts a string to 256 characters and escapes control, separator and format characters. */
    public static String of(String value) {
        String cut = value.length() <= MAX_LENGTH ? value : value.substring(0, MAX_LENGTH) + "…";
        return cut.codePoints().allMatch(PlainText::isPlain) ? cut : escaped(cut);
    }

    private static String escaped(String value) {
        StringBuilder safe = new StringBuilder();
        value.codePoints().forEach(c -> {
            if (isPlain(c)) {
                safe.appendCodePoint(c);
            } else {
                safe.append("\\u{").append(Integer.toHexString(c)).append('}');
            }
        });
        return safe.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
