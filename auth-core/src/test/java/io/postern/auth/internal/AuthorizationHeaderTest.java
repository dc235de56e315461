package io.postern.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationHeaderTest {

    private static AuthorizationHeader header(String value) {
        return AuthorizationHeader.of(value).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Basic abc", "  Basic abc  ", "Basic \t  abc", "Basic\tabc", "Basic\u000Babc", "Basic\fabc\r\n"})
    void splits_at_runs_of_ascii_white_space(String value) {
        assertThat(header(value).scheme()).isEqualTo("Basic");
        assertThat(header(value).hasScheme("Basic", true)).isTrue();
        assertThat(header(value).parameters()).containsExactly("abc");
    }

    @Test
    void does_not_split_at_other_white_space() {
        AuthorizationHeader whole = header("Basic\u00A0abc\u0085\u001Cx");
        assertThat(whole.scheme()).isEqualTo("Basic\u00A0abc\u0085\u001Cx");
        assertThat(whole.parameters()).isEmpty();
    }

    @Test
    void tells_scheme_and_parameters_apart() {
        assertThat(header("Basic a b").scheme()).isEqualTo("Basic");
        assertThat(header("Basic a b").parameters()).containsExactly("a", "b");
        assertThat(header("Basic a \t b  c\n").parameters()).containsExactly("a", "b", "c");
        assertThat(header("Basic").parameters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\r\n\u000B\f"})
    void is_empty_without_parts(String value) {
        assertThat(AuthorizationHeader.of(value)).isEmpty();
    }

    @Test
    void compares_the_scheme_with_or_without_case() {
        assertThat(header("bAsIc x").hasScheme("Basic", true)).isTrue();
        assertThat(header("bAsIc x").hasScheme("Basic", false)).isFalse();
        assertThat(header("Basic x").hasScheme("Basic", false)).isTrue();
        assertThat(header("Basicx").hasScheme("Basic", true)).isFalse();
    }

    @Test
    void takes_no_letter_beyond_ascii_for_a_scheme_s() {
        assertThat(header("to\u212Aen x").hasScheme("token", true)).isFalse();
        assertThat(header("bas\u0131c x").hasScheme("basic", true)).isFalse();
        assertThat(header("BAS\u0130C x").hasScheme("basic", true)).isFalse();
    }

    @Test
    void prints_no_part_of_the_value() {
        assertThat(header("token-without-scheme")).hasToString("AuthorizationHeader[***]");
    }
}
