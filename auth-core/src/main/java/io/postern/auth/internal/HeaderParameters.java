package io.postern.auth.internal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters after a header's value: {@code ; name=token; name="quoted"} (RFC 9110, section 5.6.6). */
final class HeaderParameters {

    private static final int MAX_PARAMETERS = 20;
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private final String text;
    private final Map<String, String> found = new LinkedHashMap<>();
    private int position;

    private HeaderParameters(String text) {
        this.text = text;
    }

    /** Reads parameters; names come out in lower case; empty if they are malformed, repeat or are too many. */
    static Optional<Map<String, String>> parse(String text) {
        HeaderParameters parameters = new HeaderParameters(text);
        return parameters.readAll() ? Optional.of(Collections.unmodifiableMap(parameters.found)) : Optional.empty();
    }

    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(HeaderParameters::isTokenChar);
    }

    private boolean readAll() {
        skipBlanks();
        while (position < text.length()) {
            if (text.charAt(position) != ';') {
                return false;
            }
            position++;
            skipBlanks();
            boolean lacking = position == text.length() || text.charAt(position) == ';';
            if (!lacking && !readOne()) {
                return false;
            }
            skipBlanks();
        }
        return true;
    }

    private boolean readOne() {
        String name = Ascii.lower(token());
        if (name.isEmpty() || position == text.length() || text.charAt(position) != '=') {
            return false;
        }
        position++;
        Optional<String> value = value();
        return value.isPresent() && found.size() < MAX_PARAMETERS && found.putIfAbsent(name, value.get()) == null;
    }

    private Optional<String> value() {
        if (position < text.length() && text.charAt(position) == '"') {
            return quoted();
        }
        return Optional.of(token()).filter(token -> !token.isEmpty());
    }

    private Optional<String> quoted() {
        StringBuilder out = new StringBuilder();
        for (position++; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == '"') {
                position++;
                return Optional.of(out.toString());
            }
            if (c == '\\' && position + 1 < text.length()) {
                position++;
                c = text.charAt(position);
            }
            out.append(c);
        }
        return Optional.empty();
    }

    private String token() {
        int start = position;
        while (position < text.length() && isTokenChar(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    private void skipBlanks() {
        while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
            position++;
        }
    }

    private static boolean isTokenChar(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_MARKS.indexOf(c) >= 0;
    }
}
