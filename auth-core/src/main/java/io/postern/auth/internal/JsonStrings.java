package io.postern.auth.internal;

import java.util.HexFormat;

/** The grammar of a JSON string (RFC 8259, section 7). */
final class JsonStrings {

    private JsonStrings() {}

    static String read(JsonCursor cursor, boolean allowLoneSurrogates) {
        String plain = cursor.skipPlainString();
        if (plain != null) {
            return plain;
        }
        int start = cursor.position();
        cursor.next();
        StringBuilder out = new StringBuilder();
        int c = cursor.next();
        while (c != '"') {
            if (c == JsonCursor.END) {
                throw cursor.errorAt(start, "Unterminated string starting at");
            }
            if (c < 0x20) {
                throw cursor.errorAt(cursor.position() - 1, "Invalid control character at");
            }
            out.append(c == '\\' ? escape(cursor) : (char) c);
            c = cursor.next();
        }
        String read = out.toString();
        if (!allowLoneSurrogates && Utf8.loneSurrogate(read).isPresent()) {
            throw cursor.errorAt(start, "Lone surrogate in the string starting at");
        }
        return read;
    }

    private static char escape(JsonCursor cursor) {
        int start = cursor.position() - 1;
        int c = cursor.next();
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode(cursor, start);
            default -> throw cursor.errorAt(start, "Invalid \\escape");
        };
    }

    private static char unicode(JsonCursor cursor, int start) {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = cursor.next();
            if (!HexFormat.isHexDigit(digit)) {
                throw cursor.errorAt(start, "Invalid \\uXXXX escape");
            }
            code = code * 16 + HexFormat.fromHexDigit(digit);
        }
        return (char) code;
    }
}
