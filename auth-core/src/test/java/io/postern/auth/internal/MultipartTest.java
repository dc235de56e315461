package io.postern.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {

    private static final String TYPE = "multipart/form-data; boundary=x";

    private static Map<String, String> read(String body) {
        return Multipart.fields(body.getBytes(StandardCharsets.UTF_8), TYPE);
    }

    private static String part(String headers, String content) {
        return "--x\r\n" + headers + "\r\n\r\n" + content + "\r\n";
    }

    private static String field(String name, String content) {
        return part("Content-Disposition: form-data; name=\"" + name + "\"", content);
    }

    @Test
    void reads_text_fields_in_order() {
        assertThat(read(field("username", "alice") + field("password", "a\r\nb --x ü") + "--x--\r\n"))
                .containsExactly(Map.entry("username", "alice"), Map.entry("password", "a\r\nb --x ü"));
    }

    @Test
    void takes_the_last_value_of_a_repeated_name() {
        assertThat(read(field("a", "1") + field("a", "2") + "--x--")).containsExactly(Map.entry("a", "2"));
    }

    /** As in Django. */
    @Test
    void a_name_is_read_without_surrounding_white_space() {
        assertThat(read("--x\r\nContent-Disposition: form-data; name=\" \ta b\u00A0\"\r\n\r\n1\r\n--x--"))
                .containsExactly(Map.entry("a b", "1"));
    }

    @Test
    void skips_files() {
        String file = part(
                "Content-Disposition: form-data; name=\"f\"; filename=\"\"\r\nContent-Type: image/png", "\0binary");
        assertThat(read(file + field("a", "1") + "--x--")).containsExactly(Map.entry("a", "1"));
    }

    @Test
    void does_not_decode_files() {
        String file = part("Content-Disposition: form-data; name=\"f\"; filename=\"a\"", "\u00FF");
        byte[] body = (file + "--x--").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Multipart.fields(body, TYPE)).isEmpty();
    }

    @Test
    void reads_an_empty_value_and_no_parts_at_all() {
        assertThat(read(field("a", "") + "--x--")).containsExactly(Map.entry("a", ""));
        assertThat(read("--x\r\nContent-Disposition: form-data; name=a\r\n\r\n--x--"))
                .containsExactly(Map.entry("a", ""));
        assertThat(read("--x--")).isEmpty();
    }

    @Test
    void understands_quoted_boundaries_and_headers_in_any_case() {
        String body = "--a b\r\ncontent-disposition:Form-Data;name=a\r\nCONTENT-TYPE: text/plain; charset=UTF-8"
                + "\r\n\r\n1\r\n--a b--";

        assertThat(Multipart.fields(
                        body.getBytes(StandardCharsets.UTF_8), "Multipart/Form-Data; charset=utf-8; Boundary=\"a b\""))
                .containsExactly(Map.entry("a", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"\"",
                "multipart/form-data; boundary=\"a \"",
                "multipart/form-data; boundary=\"a\u00FC\"",
                "multipart/form-data; boundary=a; boundary=b",
                "multipart/mixed; boundary=a",
                "multipart/form-data; boundary=aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggggggggh",
            })
    void refuses_a_type_without_a_usable_boundary(String type) {
        assertThatExceptionOfType(FormException.class)
                .isThrownBy(() -> Multipart.fields(new byte[0], type))
                .withMessage("Invalid boundary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "--x",
                "--xy",
                "--x\n",
                "--x\r\n",
                "--x\r\n\r\n",
                "--x\r\n\r\n\r\n1\r\n--x--",
                "--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1",
                "--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--x",
                "--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--xy--",
            })
    void refuses_malformed_bodies(String body) {
        assertThatExceptionOfType(FormException.class).isThrownBy(() -> read(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Disposition: form-data; name=a\r\n--x",
                "Content-Disposition: form-data",
                "Content-Disposition: form-data; nam=a",
                "Content-Disposition: attachment; name=a",
                "Content-Disposition: form-data; name=a; name=b",
                "Content-Disposition: form-data; name=\"a",
                "Content-Type: text/plain",
                "Content-Disposition: form-data; name=a\r\n folded: 1",
                "Content-Disposition: form-data; name=a\r\nContent-Type: text/plain; charset=utf-16",
                "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64",
                "A: 1\r\na: 2\r\nContent-Disposition: form-data; name=a",
            })
    void refuses_malformed_part_headers(String headers) {
        assertThatExceptionOfType(FormException.class).isThrownBy(() -> read(part(headers, "1") + "--x--"));
    }

    @Test
    void refuses_text_that_is_not_utf_8() {
        byte[] body = (field("a", "\u00FF") + "--x--").getBytes(StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(FormException.class)
                .isThrownBy(() -> Multipart.fields(body, TYPE))
                .withMessage("Invalid UTF-8");
    }

    @Test
    void bounds_the_headers_of_a_part() {
        String disposition = "Content-Disposition: form-data; name=a\r\nX: ";
        assertThat(read(part(disposition + "y".repeat(4_000), "1") + "--x--")).hasSize(1);
        assertThatExceptionOfType(FormException.class)
                .isThrownBy(() -> read(part(disposition + "y".repeat(4_096), "1") + "--x--"));
    }

    @Test
    void refuses_more_than_a_thousand_parts() {
        assertThat(read(field("a", "1").repeat(1_000) + "--x--")).hasSize(1);
        assertThatExceptionOfType(FormException.class)
                .isThrownBy(() -> read(field("a", "1").repeat(1_001) + "--x--"))
                .withMessage("Too many fields");
    }
}
