package io.postern.auth.event;

/**
 * Which request an event is about, in texts that are safe to log.
 *
 * @param method the HTTP method
 * @param path the path without query
 * @param address the client's address
 */
public record RequestFacts(String method, String path, String address) {

    private static final int LONGEST = 256;

    /**
     * Cuts each text to 256 characters and replaces control, separator and format characters.
     *
     * @param method the HTTP method
     * @param path the path without query
     * @param address the client's address
     */
    public RequestFacts {
        method = safe(method);
        path = safe(path);
        address = safe(address);
    }

    private static String safe(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return cut.codePoints().allMatch(RequestFacts::isPlain) ? cut : escaped(cut);
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
