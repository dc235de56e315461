package io.postern.auth.internal;

/** Makes strings from clients safe to log and to show. */
public final class PlainText {

    private static final int MAX_LENGTH = 256;

    private PlainText() {}

    /** Returns a string cut to 256 characters, with control, separator and format characters escaped. */
    public static String of(String text) {
        if (text.length() <= MAX_LENGTH && Ascii.isPrintable(text)) {
            return text;
        }
        String cut = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
        return cut.codePoints().allMatch(PlainText::isPlain) ? cut : escaped(cut);
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
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
