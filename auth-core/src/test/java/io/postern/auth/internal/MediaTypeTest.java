package io.postern.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {

    @Test
    void reads_type_subtype_and_parameters() {
        assertThat(MediaType.parse(" Application/JSON ;  Charset=UTF-8;a=\"b;\\\"c\" "))
                .contains(new MediaType("application", "json", Map.of("charset", "UTF-8", "a", "b;\"c")));
    }

    @Test
    void compares_type_and_subtype_alone() {
        MediaType type = MediaType.parse("application/JSON; charset=utf-8").orElseThrow();

        assertThat(type.is("application/json")).isTrue();
        assertThat(type.is("application/jsonx")).isFalse();
        assertThat(type.parameter("charset")).contains("utf-8");
        assertThat(type.parameter("boundary")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a/b", "a/b;", "a/b; ;", "a/b; charset=utf-8", "a/b; charset=\"UTF-8\"", "a/b;charset=UTF8"})
    void takes_utf_8_for_granted(String value) {
        assertThat(MediaType.parse(value))
                .hasValueSatisfying(type -> assertThat(type.isUtf8()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b; charset=nonsense", "a/b; charset=utf-16", "a/b; charset=\"\""})
    void notices_other_charsets(String value) {
        assertThat(MediaType.parse(value))
                .hasValueSatisfying(type -> assertThat(type.isUtf8()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "json",
                "/json",
                "application/",
                "a/b/c",
                "a b/c",
                "application/json, text/plain",
                "a/b; charset",
                "a/b; charset=",
                "a/b; =utf-8",
                "a/b; charset=\"",
                "a/b; charset=\"utf-8",
                "a/b; charset = utf-8",
                "a/b; charset=utf-8 x",
                "a/b; charset=utf-8; CHARSET=utf-16",
                "a/b; charset=ü",
            })
    void refuses_malformed_values(String value) {
        assertThat(MediaType.parse(value)).isEmpty();
    }

    @Test
    void bounds_the_number_of_parameters() {
        StringBuilder value = new StringBuilder("a/b");
        for (int i = 0; i < 20; i++) {
            value.append(";p").append(i).append("=1");
        }
        assertThat(MediaType.parse(value.toString())).isPresent();
        assertThat(MediaType.parse(value + ";q=1")).isEmpty();
    }
}
