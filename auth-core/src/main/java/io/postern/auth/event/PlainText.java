package io.postern.auth.event;

/** Makes texts of others safe to log. */
final class PlainText {

    private static final int LONGEST = 256;

    private PlainText() {}

    /** Cuts a text to 256 characters and replaces control, separator and format characters. */
    static String of(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
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
