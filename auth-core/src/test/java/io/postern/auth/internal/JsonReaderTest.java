package io.postern.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonReaderTest {

    private static final JsonLimits STRICT = new JsonLimits(3, 10, false);

    static Stream<Arguments> accepted() {
        return Stream.of(
                Arguments.of("{}", Map.of()),
                Arguments.of("[]", List.of()),
                Arguments.of(" \t\r\n[ \n] ", List.of()),
                Arguments.of("{ }", Map.of()),
                Arguments.of("\"\"", ""),
                Arguments.of("true", true),
                Arguments.of("false", false),
                Arguments.of("null", JsonNull.NULL),
                Arguments.of("0", 0L),
                Arguments.of("-0", 0L),
                Arguments.of("-1", -1L),
                Arguments.of("9223372036854775807", Long.MAX_VALUE),
                Arguments.of("-9223372036854775808", Long.MIN_VALUE),
                Arguments.of("9223372036854775808", new BigDecimal("9223372036854775808")),
                Arguments.of("-9223372036854775809", new BigDecimal("-9223372036854775809")),
                Arguments.of("1.0", new BigDecimal("1.0")),
                Arguments.of("0.10", new BigDecimal("0.10")),
                Arguments.of("1e2", new BigDecimal("1e2")),
                Arguments.of("1E+2", new BigDecimal("1e2")),
                Arguments.of("1.5e-2", new BigDecimal("0.015")),
                Arguments.of("1e0", new BigDecimal("1.0")),
                Arguments.of("1.50e2", new BigDecimal("150.0")),
                Arguments.of("1e00002", new BigDecimal("1e2")),
                Arguments.of("1e999", new BigDecimal("1e999")),
                Arguments.of("1e-999", new BigDecimal("1e-999")),
                Arguments.of("1".repeat(1_000), new BigDecimal("1".repeat(1_000))),
                Arguments.of("[1,2]", List.of(1L, 2L)),
                Arguments.of("[ 1 , [ 2 ] ]", List.of(1L, List.of(2L))),
                Arguments.of("[[[]]]", List.of(List.of(List.of()))),
                Arguments.of("{\"a\":1}", Map.of("a", 1L)),
                Arguments.of("{ \"a\" : null }", Map.of("a", JsonNull.NULL)),
                Arguments.of("{\"\":{\"\":\"\"}}", Map.of("", Map.of("", ""))),
                Arguments.of("{\"a\":1,\"A\":2}", Map.of("a", 1L, "A", 2L)),
                Arguments.of("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"),
                Arguments.of("\"\\u0041\\u00e4\\u00E4\"", "Aää"),
                Arguments.of("\"\\u0000\"", "\0"),
                Arguments.of("\"\\ud83d\\ude00\"", "\uD83D\uDE00"),
                Arguments.of("\"\uD83D\uDE00ä\u2028\"", "\uD83D\uDE00ä\u2028"),
                Arguments.of("\"\u007F\uFFFD\"", "\u007F\uFFFD"),
                Arguments.of("[1,2,3,4,5,6,7,8,9]", List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L)));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void reads_what_rfc_8259_allows(String text, Object expected) {
        assertThat(JsonReader.read(text, STRICT)).isEqualTo(expected);
        assertThat(JsonReader.read(text.getBytes(StandardCharsets.UTF_8), STRICT))
                .isEqualTo(expected);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("", "Expecting value: line 1 column 1 (char 0)"),
                Arguments.of(" ", "Expecting value: line 1 column 2 (char 1)"),
                Arguments.of("\uFEFF{}", "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)"),
                Arguments.of(" \uFEFF{}", "Expecting value: line 1 column 2 (char 1)"),
                Arguments.of("username=alice", "Expecting value: line 1 column 1 (char 0)"),
                Arguments.of("{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
                Arguments.of("{\"a\"", "Expecting ':' delimiter: line 1 column 5 (char 4)"),
                Arguments.of("{\"a\":", "Expecting value: line 1 column 6 (char 5)"),
                Arguments.of("{\"a\":1", "Expecting ',' delimiter: line 1 column 7 (char 6)"),
                Arguments.of(
                        "{\"a\":1,}", "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)"),
                Arguments.of("{\"a\" 1}", "Expecting ':' delimiter: line 1 column 6 (char 5)"),
                Arguments.of("{\"a\":1 \"b\":2}", "Expecting ',' delimiter: line 1 column 8 (char 7)"),
                Arguments.of("{'a':1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
                Arguments.of("{a:1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
                Arguments.of("{1:1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
                Arguments.of("{\"a\":1,\"a\":1}", "Repeated property name: line 1 column 8 (char 7)"),
                Arguments.of("{\"a\":1,\"\\u0061\":1}", "Repeated property name: line 1 column 8 (char 7)"),
                Arguments.of("{} x", "Extra data: line 1 column 4 (char 3)"),
                Arguments.of("{}{}", "Extra data: line 1 column 3 (char 2)"),
                Arguments.of("{}\0", "Extra data: line 1 column 3 (char 2)"),
                Arguments.of("{}\u00A0", "Extra data: line 1 column 3 (char 2)"),
                Arguments.of("{}\f", "Extra data: line 1 column 3 (char 2)"),
                Arguments.of("[", "Expecting value: line 1 column 2 (char 1)"),
                Arguments.of("[1", "Expecting ',' delimiter: line 1 column 3 (char 2)"),
                Arguments.of("[1,]", "Expecting value: line 1 column 4 (char 3)"),
                Arguments.of("[,1]", "Expecting value: line 1 column 2 (char 1)"),
                Arguments.of("[1 2]", "Expecting ',' delimiter: line 1 column 4 (char 3)"),
                Arguments.of("[1}", "Expecting ',' delimiter: line 1 column 3 (char 2)"),
                Arguments.of("]", "Expecting value: line 1 column 1 (char 0)"),
                Arguments.of("[1]//x", "Extra data: line 1 column 4 (char 3)"),
                Arguments.of("[/*x*/1]", "Expecting value: line 1 column 2 (char 1)"),
                Arguments.of("NaN", "Expecting value: line 1 column 1 (char 0)"),
                Arguments.of("Infinity", "Expecting value: line 1 column 1 (char 0)"),
                Arguments.of("-Infinity", "Expecting digit: line 1 column 2 (char 1)"),
                Arguments.of("True", "Expecting value: line 1 column 1 (char 0)"),
                Arguments.of("tru", "Expecting value: line 1 column 1 (char 0)"),
                Arguments.of("truex", "Extra data: line 1 column 5 (char 4)"),
                Arguments.of("nulL", "Expecting value: line 1 column 1 (char 0)"),
                Arguments.of("+1", "Expecting value: line 1 column 1 (char 0)"),
                Arguments.of("-", "Expecting digit: line 1 column 2 (char 1)"),
                Arguments.of("01", "Extra data: line 1 column 2 (char 1)"),
                Arguments.of("-01", "Extra data: line 1 column 3 (char 2)"),
                Arguments.of("0x10", "Extra data: line 1 column 2 (char 1)"),
                Arguments.of("1.", "Expecting digit: line 1 column 3 (char 2)"),
                Arguments.of(".5", "Expecting value: line 1 column 1 (char 0)"),
                Arguments.of("1.e1", "Expecting digit: line 1 column 3 (char 2)"),
                Arguments.of("1e", "Expecting digit: line 1 column 3 (char 2)"),
                Arguments.of("1e+-1", "Expecting digit: line 1 column 4 (char 3)"),
                Arguments.of("1_000", "Extra data: line 1 column 2 (char 1)"),
                Arguments.of("\u0661", "Expecting value: line 1 column 1 (char 0)"),
                Arguments.of("1\u0661", "Extra data: line 1 column 2 (char 1)"),
                Arguments.of("1e1000", "Number out of range: line 1 column 1 (char 0)"),
                Arguments.of("1e-1000", "Number out of range: line 1 column 1 (char 0)"),
                Arguments.of("0e1000", "Number out of range: line 1 column 1 (char 0)"),
                Arguments.of("1e99999999999", "Number out of range: line 1 column 1 (char 0)"),
                Arguments.of("1e-2147483648", "Number out of range: line 1 column 1 (char 0)"),
                Arguments.of("1".repeat(1_001), "Number too long: line 1 column 1 (char 0)"),
                Arguments.of("\"", "Unterminated string starting at: line 1 column 1 (char 0)"),
                Arguments.of("[\"a", "Unterminated string starting at: line 1 column 2 (char 1)"),
                Arguments.of("\"\\\"", "Unterminated string starting at: line 1 column 1 (char 0)"),
                Arguments.of("\"\\", "Invalid \\escape: line 1 column 2 (char 1)"),
                Arguments.of("\"a\nb\"", "Invalid control character at: line 1 column 3 (char 2)"),
                Arguments.of("\"\u001F\"", "Invalid control character at: line 1 column 2 (char 1)"),
                Arguments.of("\"\\x41\"", "Invalid \\escape: line 1 column 2 (char 1)"),
                Arguments.of("\"\\'\"", "Invalid \\escape: line 1 column 2 (char 1)"),
                Arguments.of("\"\\U0041\"", "Invalid \\escape: line 1 column 2 (char 1)"),
                Arguments.of("\"\\u004\"", "Invalid \\uXXXX escape: line 1 column 2 (char 1)"),
                Arguments.of("\"\\u004", "Invalid \\uXXXX escape: line 1 column 2 (char 1)"),
                Arguments.of("\"\\u 041\"", "Invalid \\uXXXX escape: line 1 column 2 (char 1)"),
                Arguments.of("\"\\u\uFF10041\"", "Invalid \\uXXXX escape: line 1 column 2 (char 1)"),
                Arguments.of("\"\\ud800\"", "Lone surrogate in the string starting at: line 1 column 1 (char 0)"),
                Arguments.of("\"\\udc00x\"", "Lone surrogate in the string starting at: line 1 column 1 (char 0)"),
                Arguments.of(
                        "\"\\ude00\\ud83d\"", "Lone surrogate in the string starting at: line 1 column 1 (char 0)"),
                Arguments.of("{\"\\ud800\":1}", "Lone surrogate in the string starting at: line 1 column 2 (char 1)"),
                Arguments.of("[[[[]]]]", "Nested too deep: line 1 column 4 (char 3)"),
                Arguments.of("{\"a\":[{\"b\":{}}]}", "Nested too deep: line 1 column 12 (char 11)"),
                Arguments.of("[1,2,3,4,5,6,7,8,9,10]", "Too many values: line 1 column 20 (char 19)"),
                Arguments.of("[\n1,\n \uD83D\uDE00]", "Expecting value: line 3 column 2 (char 6)"),
                Arguments.of("[\"\uD83D\uDE00\" x", "Expecting ',' delimiter: line 1 column 6 (char 5)"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses_anything_else_and_says_where(String text, String message) {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> JsonReader.read(text, STRICT))
                .withMessage(message);
    }

    @ParameterizedTest
    @MethodSource("notUtf8")
    void refuses_bytes_that_are_not_utf_8(byte[] bytes) {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> JsonReader.read(bytes, STRICT))
                .withMessage("Invalid UTF-8");
    }

    static Stream<byte[]> notUtf8() {
        return Stream.of(
                new byte[] {'"', (byte) 0xFF, '"'},
                new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'},
                new byte[] {'"', (byte) 0xE0, (byte) 0x80, (byte) 0xAF, '"'},
                new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
                new byte[] {'"', (byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80, '"'},
                new byte[] {'"', (byte) 0xE2, (byte) 0x82, '"'},
                new byte[] {(byte) 0xFF, (byte) 0xFE, '{', 0, '}', 0});
    }

    @Test
    void keeps_the_order_of_members() {
        Map<String, Object> members =
                JsonReader.readObject("{\"z\":1,\"a\":2,\"m\":3}".getBytes(StandardCharsets.UTF_8), STRICT);

        assertThat(members).containsExactly(Map.entry("z", 1L), Map.entry("a", 2L), Map.entry("m", 3L));
    }

    @Test
    void lets_lone_surrogates_pass_where_they_are_allowed() {
        assertThat(JsonReader.read("[\"\\ud800\",\"\\udc00\"]", JsonLimits.BODY))
                .isEqualTo(List.of("\uD800", "\uDC00"));
    }

    @Test
    void takes_no_array_for_an_object() {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> JsonReader.readObject(new byte[] {'[', ']'}, STRICT))
                .withMessage("Expecting object");
        assertThat(JsonReader.asObject(List.of())).isEmpty();
    }

    @Test
    void survives_the_deepest_nesting_it_can_be_set_to() {
        JsonLimits deepest = new JsonLimits(500, 10_000, false);
        String text = "[".repeat(500) + "]".repeat(500);

        assertThat(JsonWriter.write(JsonReader.read(text, deepest))).isEqualTo(text);
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> JsonReader.read("[".repeat(1_000_000), deepest));
    }

    @Test
    void refuses_limits_that_do_not_limit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new JsonLimits(0, 1, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new JsonLimits(501, 1, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new JsonLimits(1, 0, false));
    }

    @Test
    void returns_what_nobody_can_change() {
        Map<String, Object> members = JsonReader.readObject("{\"a\":[1]}".getBytes(StandardCharsets.UTF_8), STRICT);

        assertThat(members).isUnmodifiable();
        assertThat((List<?>) members.get("a")).isUnmodifiable();
    }
}
