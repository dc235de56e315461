package io.postern.auth.internal;

import org.jspecify.annotations.Nullable;

/** A position in a JSON document. */
final class JsonCursor {

    static final int END = -1;

    private final String text;
    private int position;

    JsonCursor(String text) {
        this.text = text;
    }

    int position() {
        return position;
    }

    int peek() {
        return position < text.length() ? text.charAt(position) : END;
    }

    int next() {
        return position < text.length() ? text.charAt(position++) : END;
    }

    boolean skip(char expected) {
        boolean found = peek() == expected;
        if (found) {
            position++;
        }
        return found;
    }

    boolean skip(String expected) {
        boolean found = text.startsWith(expected, position);
        if (found) {
            position += expected.length();
        }
        return found;
    }

    /**
     * Reads a string without escapes, as nearly all are, with no garbage but the string; returns null for any other, without
     * moving.
     */
    @Nullable
    String skipPlainString() {
        int start = position + 1;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                position = i + 1;
                return text.substring(start, i);
            }
            if (c == '\\' || c < 0x20 || Character.isSurrogate(c)) {
                return null;
            }
        }
        return null;
    }

    /** Returns the integer from a position to here. */
    long integerSince(int start) {
        return Long.parseLong(text, start, position, 10);
    }

    void skipBlanks() {
        int c = peek();
        while (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            position++;
            c = peek();
        }
    }

    String since(int start) {
        return text.substring(start, position);
    }

    JsonException error(String problem) {
        return errorAt(position, problem);
    }

    JsonException errorAt(int place, String problem) {
        String before = text.substring(0, place);
        int lineStart = before.lastIndexOf('\n') + 1;
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.codePointCount(lineStart, place) + 1;
        int offset = before.codePointCount(0, place);
        return new JsonException(problem + ": line " + line + " column " + column + " (char " + offset + ")");
    }
}
