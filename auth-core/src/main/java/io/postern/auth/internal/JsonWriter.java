package io.postern.auth.internal;

import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON without blanks and without needless escapes, as DRF's {@code JSONRenderer} does.
 *
 * <p>Escaped are quotes, backslashes, control characters, U+2028 and U+2029 (JavaScript took them for line ends) and lone
 * surrogates (UTF-8 has no bytes for them).
 *
 * <pre>{@code
 * String body = JsonWriter.write(Map.of("detail", "Not found."));
 * }</pre>
 *
 * The method is safe for use by several threads.
 */
public final class JsonWriter {

    private static final int MAX_DEPTH = 500;
    private static final HexFormat HEX = HexFormat.of();

    private final StringBuilder out = new StringBuilder();

    private JsonWriter() {}

    /**
     * Writes a value.
     *
     * @param value a map with strings as keys, an {@code Iterable}, a {@code CharSequence}, a finite {@code Number}, a
     *     {@code Boolean}, {@link JsonNull#NULL} or null
     * @throws IllegalArgumentException if the value holds anything else, or nests more than 500 deep
     */
    public static String write(@Nullable Object value) {
        JsonWriter writer = new JsonWriter();
        writer.value(value, 0);
        return writer.out.toString();
    }

    private void value(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("the value nests deeper than " + MAX_DEPTH + "; does it hold itself?");
        }
        if (value == null || value == JsonNull.NULL) {
            out.append("null");
        } else if (value instanceof CharSequence text) {
            text(text);
        } else if (value instanceof Map<?, ?> map) {
            object(map, depth);
        } else if (value instanceof Iterable<?> items) {
            array(items, depth);
        } else if (value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Number number) {
            number(number);
        } else {
            throw unknown(value);
        }
    }

    private static IllegalArgumentException unknown(Object value) {
        return new IllegalArgumentException(
                "JSON has no form for " + value.getClass().getName() + "; convert it to a string, number, map or list");
    }

    private void number(Number number) {
        double wide = number.doubleValue();
        boolean floating = number instanceof Double || number instanceof Float;
        if (floating && (Double.isNaN(wide) || Double.isInfinite(wide))) {
            throw new IllegalArgumentException("JSON has no form for numbers that are not finite");
        }
        out.append(number);
    }

    private void array(Iterable<?> items, int depth) {
        out.append('[');
        String separator = "";
        for (Object item : items) {
            out.append(separator);
            value(item, depth + 1);
            separator = ",";
        }
        out.append(']');
    }

    private void object(Map<?, ?> members, int depth) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> member : members.entrySet()) {
            if (!(member.getKey() instanceof CharSequence name)) {
                throw new IllegalArgumentException("a key of the map is not a string");
            }
            out.append(separator);
            text(name);
            out.append(':');
            value(member.getValue(), depth + 1);
            separator = ",";
        }
        out.append('}');
    }

    private void text(CharSequence text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                out.append(c).append(text.charAt(i));
            } else {
                character(c);
            }
        }
        out.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                boolean escape = c < 0x20 || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c);
                out.append(escape ? "\\u" + HEX.toHexDigits(c) : String.valueOf(c));
            }
        }
    }
}
