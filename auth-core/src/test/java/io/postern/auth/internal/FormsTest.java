package io.postern.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormsTest {

    @Test
    void reads_names_and_values() {
        assertThat(fields("username=alice&password=a%20b+c%2B%26%3D"))
                .containsExactly(Map.entry("username", "alice"), Map.entry("password", "a b c+&="));
    }

    @Test
    void splits_at_the_first_equals_sign_alone() {
        assertThat(fields("a=b=c")).containsExactly(Map.entry("a", "b=c"));
    }

    @Test
    void takes_the_last_value_of_a_repeated_name() {
        assertThat(fields("a=1&b=2&%61=3")).containsExactly(Map.entry("a", "3"), Map.entry("b", "2"));
    }

    @Test
    void takes_a_missing_value_for_an_empty_one() {
        assertThat(fields("a&b=&&=c")).containsExactly(Map.entry("a", ""), Map.entry("b", ""), Map.entry("", "c"));
    }

    @Test
    void reads_no_field_from_an_empty_body() {
        assertThat(fields("")).isEmpty();
        assertThat(fields("&&")).isEmpty();
    }

    @Test
    void decodes_utf_8_raw_or_escaped() {
        assertThat(fields("ü=%c3%BC")).containsExactly(Map.entry("ü", "ü"));
    }

    @Test
    void does_not_split_at_semicolons() {
        assertThat(fields("a=1;b=2")).containsExactly(Map.entry("a", "1;b=2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%4&b=1", "%=1", "a=%zz", "a=%u0041", "a=%-1", "a=%+1"})
    void refuses_malformed_escapes(String body) {
        assertThatExceptionOfType(FormException.class)
                .isThrownBy(() -> fields(body))
                .withMessage("Invalid percent escape");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%ff", "a=%c0%80", "%ed%a0%80=1", "a=%c3"})
    void refuses_text_that_is_not_utf_8(String body) {
        assertThatExceptionOfType(FormException.class)
                .isThrownBy(() -> fields(body))
                .withMessage("Invalid UTF-8");
    }

    @Test
    void refuses_more_than_a_thousand_fields() {
        assertThat(fields("a=1&".repeat(1_000))).hasSize(1);
        assertThatExceptionOfType(FormException.class)
                .isThrownBy(() -> fields("a=1&".repeat(1_001)))
                .withMessage("Too many fields");
    }

    private static Map<String, String> fields(String body) {
        return Forms.urlencoded(body.getBytes(StandardCharsets.UTF_8));
    }
}
