package io.postern.auth.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON to the letter of RFC 8259 and not a character more.
 *
 * <p>Refused besides: bytes that are not UTF-8, a byte order mark, member names that repeat within an object, and whatever
 * exceeds the {@link JsonLimits}. A value is a {@code Map<String, Object>} in document order, a {@code List<Object>}, a
 * {@code String}, a {@code Boolean}, a {@code Long} if it is an integer that fits, else a {@code BigDecimal}, or
 * {@link JsonNull#NULL}. Maps and lists cannot be changed.
 *
 * <pre>{@code
 * Map<String, Object> claims = JsonReader.readObject(bytes, JsonLimits.TOKEN);
 * }</pre>
 *
 * An instance reads one text on one thread; the static methods are safe for use by several threads.
 */
public final class JsonReader {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final JsonCursor cursor;
    private final JsonLimits limits;
    private int values;

    private JsonReader(String text, JsonLimits limits) {
        this.cursor = new JsonCursor(text);
        this.limits = limits;
    }

    /**
     * Reads a string in UTF-8.
     *
     * @param limits how much to read
     * @throws JsonException if this is not JSON or exceeds the limits
     */
    public static Object read(byte[] utf8, JsonLimits limits) {
        return read(Utf8.decode(utf8).orElseThrow(() -> new JsonException("Invalid UTF-8")), limits);
    }

    /**
     * Reads a string.
     *
     * @param limits how much to read
     * @throws JsonException if this is not JSON or exceeds the limits
     */
    public static Object read(String text, JsonLimits limits) {
        return new JsonReader(text, limits).document();
    }

    /**
     * Reads a string in UTF-8 that must be one object.
     *
     * @param limits how much to read
     * @return the members
     * @throws JsonException if this is not a JSON object or exceeds the limits
     */
    public static Map<String, Object> readObject(byte[] utf8, JsonLimits limits) {
        return asObject(read(utf8, limits)).orElseThrow(() -> new JsonException("Expecting object"));
    }

    /**
     * Narrows a value that was read here.
     *
     * @return its members, or empty if it is not an object
     */
    @SuppressWarnings("unchecked")
    public static Optional<Map<String, Object>> asObject(Object value) {
        return value instanceof Map ? Optional.of((Map<String, Object>) value) : Optional.empty();
    }

    private Object document() {
        if (cursor.peek() == BYTE_ORDER_MARK) {
            throw cursor.error("Unexpected UTF-8 BOM (decode using utf-8-sig)");
        }
        cursor.skipBlanks();
        Object value = value(0);
        cursor.skipBlanks();
        if (cursor.peek() != JsonCursor.END) {
            throw cursor.error("Extra data");
        }
        return value;
    }

    private Object value(int depth) {
        values++;
        if (values > limits.maxValues()) {
            throw cursor.error("Too many values");
        }
        return switch (cursor.peek()) {
            case '{' -> object(deeper(depth));
            case '[' -> array(deeper(depth));
            case '"' -> JsonStrings.read(cursor, limits.allowLoneSurrogates());
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> JsonNumbers.read(cursor);
            default -> word();
        };
    }

    private Object word() {
        if (cursor.skip("true")) {
            return true;
        }
        if (cursor.skip("false")) {
            return false;
        }
        if (cursor.skip("null")) {
            return JsonNull.NULL;
        }
        throw cursor.error("Expecting value");
    }

    private int deeper(int depth) {
        if (depth == limits.maxDepth()) {
            throw cursor.error("Nested too deep");
        }
        return depth + 1;
    }

    private List<Object> array(int depth) {
        List<Object> items = new ArrayList<>();
        cursor.skip('[');
        cursor.skipBlanks();
        if (cursor.skip(']')) {
            return List.of();
        }
        do {
            cursor.skipBlanks();
            items.add(value(depth));
            cursor.skipBlanks();
        } while (cursor.skip(','));
        if (!cursor.skip(']')) {
            throw cursor.error("Expecting ',' delimiter");
        }
        return Collections.unmodifiableList(items);
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        cursor.skip('{');
        cursor.skipBlanks();
        if (cursor.skip('}')) {
            return Map.of();
        }
        do {
            cursor.skipBlanks();
            String name = freshName(members);
            members.put(name, value(depth));
            cursor.skipBlanks();
        } while (cursor.skip(','));
        if (!cursor.skip('}')) {
            throw cursor.error("Expecting ',' delimiter");
        }
        return Collections.unmodifiableMap(members);
    }

    private String freshName(Map<String, Object> members) {
        int start = cursor.position();
        if (cursor.peek() != '"') {
            throw cursor.error("Expecting property name enclosed in double quotes");
        }
        String name = JsonStrings.read(cursor, limits.allowLoneSurrogates());
        if (members.containsKey(name)) {
            throw cursor.errorAt(start, "Repeated property name");
        }
        cursor.skipBlanks();
        if (!cursor.skip(':')) {
            throw cursor.error("Expecting ':' delimiter");
        }
        cursor.skipBlanks();
        return name;
    }
}
