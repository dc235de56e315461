package io.postern.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

    @Test
    void writes_no_blanks_and_keeps_the_order() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("z", List.of(1, true, JsonNull.NULL));
        members.put("a", Map.of());
        members.put("b", List.of());

        assertThat(JsonWriter.write(members)).isEqualTo("{\"z\":[1,true,null],\"a\":{},\"b\":[]}");
    }

    @Test
    void leaves_unescaped_what_needs_no_escape() {
        assertThat(JsonWriter.write("ä/<>&'\u007F\uD83D\uDE00")).isEqualTo("\"ä/<>&'\u007F\uD83D\uDE00\"");
    }

    @Test
    void escapes_quotes_backslashes_and_control_characters() {
        assertThat(JsonWriter.write("\"\\\b\f\n\r\t\0\u001F")).isEqualTo("\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\"");
    }

    @Test
    void escapes_the_line_ends_of_javascript() {
        assertThat(JsonWriter.write("\u2028\u2029")).isEqualTo("\"\\u2028\\u2029\"");
    }

    @Test
    void escapes_lone_surrogates() {
        assertThat(JsonWriter.write("\uD800")).isEqualTo("\"\\ud800\"");
        assertThat(JsonWriter.write("\uDC00\uD83D\uDE00\uD800")).isEqualTo("\"\\udc00\uD83D\uDE00\\ud800\"");
    }

    @Test
    void writes_numbers_as_they_print() {
        assertThat(JsonWriter.write(List.of(1, -2L, 0.5, new BigDecimal("1E+3"), BigInteger.TEN)))
                .isEqualTo("[1,-2,0.5,1E+3,10]");
    }

    @Test
    void writes_a_java_null_like_json_s() {
        Map<String, Object> members = new HashMap<>();
        members.put("a", null);

        assertThat(JsonWriter.write(members)).isEqualTo("{\"a\":null}");
        assertThat(JsonWriter.write(null)).isEqualTo("null");
    }

    @Test
    void refuses_what_json_has_no_form_for() {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonWriter.write(new Object()));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonWriter.write(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonWriter.write(Float.POSITIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonWriter.write(Map.of(1, 2)));
    }

    @Test
    void refuses_a_list_that_holds_itself() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);

        assertThatIllegalArgumentException().isThrownBy(() -> JsonWriter.write(endless));
    }
}
