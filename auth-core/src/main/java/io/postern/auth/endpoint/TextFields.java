package io.postern.auth.endpoint;

import io.postern.auth.internal.JsonNull;
import io.postern.auth.internal.Utf8;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Text fields of a body, with the errors of DRF's {@code CharField} (drf-contract FV-1 to FV-6, FV-14).
 *
 * <p>Ask for each field, then for {@link #errors}. Not safe for use by several threads: one per request.
 */
public final class TextFields {

    private final Map<String, ?> members;
    private final Map<String, List<String>> errors = new LinkedHashMap<>();

    TextFields(Map<String, ?> members) {
        this.members = members;
    }

    /**
     * Returns the text of a member that has to be there.
     *
     * @param name the member's name
     * @param trim whether white space around it is dropped
     * @return the text; empty if there is an error, which is noted
     */
    public String required(String name, boolean trim) {
        Object value = members.get(name);
        if (value == null) {
            return fault(name, "This field is required.");
        }
        if (value == JsonNull.NULL) {
            return fault(name, "This field may not be null.");
        }
        Optional<String> text = textOf(value).map(raw -> trim ? trimmed(raw) : raw);
        return text.map(found -> checked(name, found)).orElseGet(() -> fault(name, "Not a valid string."));
    }

    /**
     * Returns the text of a member that may be left out.
     *
     * @param name the member's name
     * @return the text without white space around it; empty if there is none, or no good text
     */
    public String optional(String name) {
        return Optional.<Object>ofNullable(members.get(name))
                .filter(String.class::isInstance)
                .map(text -> trimmed((String) text))
                .filter(text ->
                        text.indexOf('\0') < 0 && Utf8.loneSurrogate(text).isEmpty())
                .orElse("");
    }

    /**
     * Returns what was wrong with the fields asked for.
     *
     * @return messages by the field's name, empty if all is well
     */
    public Map<String, List<String>> errors() {
        return Collections.unmodifiableMap(errors);
    }

    Map<String, ?> members() {
        return members;
    }

    /** A member may be a password. */
    @Override
    public String toString() {
        return "TextFields" + members.keySet();
    }

    private String checked(String name, String text) {
        if (text.isEmpty()) {
            return fault(name, "This field may not be blank.");
        }
        if (text.indexOf('\0') >= 0) {
            return fault(name, "Null characters are not allowed.");
        }
        OptionalInt surrogate = Utf8.loneSurrogate(text);
        return surrogate.isPresent()
                ? fault(
                        name,
                        String.format(Locale.ROOT, "Surrogate characters are not allowed: U+%X.", surrogate.getAsInt()))
                : text;
    }

    private String fault(String name, String message) {
        errors.put(name, List.of(message));
        return "";
    }

    /** Numbers count as text; booleans, lists and maps do not. */
    private static Optional<String> textOf(Object value) {
        if (value instanceof String text) {
            return Optional.of(text);
        }
        if (value instanceof BigDecimal number) {
            return Optional.of(number.toPlainString());
        }
        return value instanceof Long number ? Optional.of(number.toString()) : Optional.empty();
    }

    /** Python's idea of white space, which includes no-break spaces. */
    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }
}
