package io.postern.auth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.endpoint.EndpointRequest.Fields;
import io.postern.auth.internal.JsonLimits;
import io.postern.auth.internal.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** drf-contract FV-1 to FV-6 and FV-14. */
class FieldsTest {

    private static final ErrorFormat DRF = ErrorFormat.DRF;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | This field is required.",
                "{\"f\":null} | This field may not be null.",
                "{\"f\":\"\"} | This field may not be blank.",
                "{\"f\":true} | Not a valid string.",
                "{\"f\":false} | Not a valid string.",
                "{\"f\":{}} | Not a valid string.",
                "{\"f\":[\"a\"]} | Not a valid string.",
                "{\"f\":\"a\\u0000b\"} | Null characters are not allowed.",
                "{\"f\":\"\\ud800\"} | Surrogate characters are not allowed: U+D800.",
                "{\"f\":\"a\\udfffb\"} | Surrogate characters are not allowed: U+DFFF.",
                "{\"F\":\"a\"} | This field is required."
            })
    void what_is_no_text_is_told_in_drfs_words(String json, String message) {
        Fields fields = of(json);

        assertThat(fields.required("f", true)).isEmpty();
        assertThat(fields.errors()).isEqualTo(Map.of("f", List.of(message)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "-7, -7", "1.5, 1.5", "12345678901234567890123, 12345678901234567890123"})
    void numbers_are_texts(String json, String text) {
        assertThat(of("{\"f\":" + json + "}").required("f", true)).isEqualTo(text);
    }

    @Test
    void a_huge_number_makes_no_huge_text() {
        assertThat(of("{\"f\":1e999}").required("f", true)).hasSize(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t\n\u000B\f\r", "\u001C\u001D\u001E\u001F", "\u0085\u00A0\u2003\u2028\u3000"})
    void python_white_space_is_trimmed_where_that_is_asked(String blank) {
        Fields fields = new Fields(Map.of("f", blank + "a" + blank + "b" + blank, "only", blank), DRF);

        assertThat(fields.required("f", true)).isEqualTo("a" + blank + "b");
        assertThat(fields.required("f", false)).isEqualTo(blank + "a" + blank + "b" + blank);
        assertThat(fields.required("only", false)).isEqualTo(blank);
        assertThat(fields.errors()).isEmpty();
        fields.required("only", true);
        assertThat(fields.errors()).isEqualTo(Map.of("only", List.of("This field may not be blank.")));
    }

    @Test
    void what_is_no_white_space_stays() {
        assertThat(new Fields(Map.of("f", "\u200Ba\uFEFF"), DRF).required("f", true))
                .isEqualTo("\u200Ba\uFEFF");
    }

    @ParameterizedTest
    @CsvSource({
        "{\"f\":\" my phone \"}, my phone",
        "{\"f\":\"a\\u0000b\"}, ''",
        "{\"f\":\"\\u0000\"}, ''",
        "{\"f\":\"a\\ud800\"}, ''",
        "{\"f\":1}, ''",
        "{\"f\":null}, ''",
        "{}, ''"
    })
    void an_optional_text_that_is_no_text_is_empty_and_no_fault(String json, String text) {
        Fields fields = of(json);

        assertThat(fields.optional("f")).isEqualTo(text);
        assertThat(fields.errors()).isEmpty();
    }

    @Test
    void all_faults_are_told_in_the_order_of_asking() {
        Fields fields = of("{\"b\":1,\"c\":null}");
        fields.required("z", true);
        fields.required("b", true);
        fields.required("c", true);

        assertThat(fields.errors().keySet()).containsExactly("z", "c");
    }

    private static Fields of(String json) {
        return new Fields(JsonReader.readObject(json.getBytes(StandardCharsets.UTF_8), JsonLimits.BODY), DRF);
    }
}
