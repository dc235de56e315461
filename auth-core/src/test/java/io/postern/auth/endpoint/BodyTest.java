package io.postern.auth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.AuthResponse;
import io.postern.auth.endpoint.EndpointRequest.Fields;
import io.postern.auth.endpoint.Endpoints.BodyLimits;
import io.postern.auth.testkit.FakeRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** drf-contract FV-7 to FV-13. */
class BodyTest {

    private final Body body = new Body(new BodyLimits(1024, 10), ErrorFormat.DRF);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "APPLICATION/JSON",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\"",
                " application/json ; x=y"
            })
    void json_is_read(String type) {
        assertThat(members(type, "{\"a\":\"\u00e4\",\"b\":1}")).isEqualTo(Map.of("a", "\u00e4", "b", 1L));
    }

    @Test
    void forms_of_both_kinds_are_read_and_the_last_value_wins() {
        String multipart = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1 2\r\n--x--\r\n";

        assertThat(members("application/x-www-form-urlencoded", "a=1&a=1+%C3%A4&b="))
                .isEqualTo(Map.of("a", "1 \u00e4", "b", ""));
        assertThat(members("multipart/form-data; boundary=x", multipart)).isEqualTo(Map.of("a", "1 2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "application/xml", ""})
    void an_empty_body_has_no_members_whatever_its_type(String type) {
        assertThat(members(type, "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | Invalid data. Expected a dictionary, but got list.",
                "\"x\" | Invalid data. Expected a dictionary, but got str.",
                "1 | Invalid data. Expected a dictionary, but got int.",
                "1.5 | Invalid data. Expected a dictionary, but got float.",
                "true | Invalid data. Expected a dictionary, but got bool.",
                "null | No data provided"
            })
    void json_that_is_no_object_is_refused(String json, String message) {
        assertThat(refused("application/json", json)).isEqualTo("400 {\"non_field_errors\":[\"" + message + "\"]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\":NaN}",
                "{\"a\":1}x",
                "{\"a\":1,}",
                "\uFEFF{}",
                "{'a':1}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":[[[[[[[[[[[]]]]]]]]]]]}",
                "{\"a\":/**/1}",
                "{\"a\":1e99999}"
            })
    void malformed_json_is_refused(String json) {
        assertThat(refused("application/json", json)).startsWith("400 {\"detail\":\"JSON parse error - ");
    }

    @Test
    void bytes_that_are_no_utf8_are_refused() {
        byte[] latin = "{\"a\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(text(read("application/json", latin)))
                .isEqualTo("400 {\"detail\":\"JSON parse error - Invalid UTF-8\"}");
    }

    /** DRF takes the first parser that matches; none of these types can be sent across origins without a preflight. */
    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "*/json", "Application/*; charset=utf-8"})
    void a_wildcard_type_is_read_by_the_first_parser_that_it_includes(String type) {
        assertThat(members(type, "{\"a\":1}")).containsOnlyKeys("a");
        assertThat(refused(type, "a=1")).startsWith("400 {\"detail\":\"JSON parse error - ");
    }

    @Test
    void forms_are_read_by_wildcards_that_include_no_json() {
        assertThat(members("*/x-www-form-urlencoded", "a=1")).containsOnlyKeys("a");
        assertThat(members(
                        "multipart/*; boundary=x",
                        "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--"))
                .containsOnlyKeys("a");
        assertThat(refused("*/form-data; boundary=x", "--x--"))
                .startsWith("400 {\"detail\":\"Multipart form parse error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "text/*",
                "image/*",
                "*/xml",
                "application/js*",
                "text/plain",
                "application/xml",
                "application/vnd.api+json",
                "application/jsonx",
                "json",
                "text/json",
                "application/json,text/plain",
                "application/x-java-serialized-object"
            })
    void other_types_are_unsupported(String type) {
        assertThat(refused(type, "{}"))
                .isEqualTo("415 {\"detail\":\"Unsupported media type \\\"" + type + "\\\" in request.\"}");
    }

    @Test
    void an_unsupported_type_is_not_echoed_at_any_length() {
        assertThat(refused("x/" + "y".repeat(5_000), "{}")).hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-16", "iso-8859-1", "bz2_codec", "x", "\"utf-7\""})
    void other_charsets_are_refused(String charset) {
        assertThat(refused("application/json; charset=" + charset, "{}"))
                .isEqualTo("400 {\"detail\":\"Unsupported charset in request Content-Type header.\"}");
    }

    @Test
    void the_longest_body_passes_and_one_byte_more_does_not() {
        String json = "{\"a\":\"" + "x".repeat(1024 - 8) + "\"}";

        assertThat(members("application/json", json)).containsKey("a");
        assertThat(refused("application/json", json + " ")).startsWith("413 ");
        assertThat(refused("text/plain", json + " ")).startsWith("413 ");
    }

    @Test
    void the_fields_of_a_readable_body_have_no_refusal_until_one_has_an_error() {
        Fields fields = fields("{\"a\":\"1\"}");

        assertThat(fields.required("a", true)).isEqualTo("1");
        assertThat(fields.refusal()).isEmpty();
        fields.addError("a", "Too short.");
        fields.addError("a", "Too common.");
        assertThat(fields.required("b", true)).isEmpty();
        assertThat(fields.refusal().map(BodyTest::text))
                .contains("400 {\"a\":[\"Too short.\",\"Too common.\"],\"b\":[\"This field is required.\"]}");
    }

    @Test
    void the_fields_of_an_unreadable_body_are_empty_and_have_its_refusal() {
        Fields fields = fields("[]");

        assertThat(fields.required("a", true)).isEmpty();
        assertThat(fields.refusal().map(BodyTest::text))
                .contains("400 {\"non_field_errors\":[\"Invalid data. Expected a dictionary, but got list.\"]}");
    }

    @Test
    void malformed_forms_are_refused() {
        assertThat(refused("multipart/form-data", "x")).startsWith("400 {\"detail\":\"Multipart form parse error - ");
        assertThat(refused("multipart/form-data; boundary=x", "--y"))
                .startsWith("400 {\"detail\":\"Multipart form parse error - ");
    }

    @Test
    void a_malformed_urlencoded_form_is_told_as_a_form() {
        assertThat(refused("application/x-www-form-urlencoded", "a=%zz"))
                .isEqualTo("400 {\"detail\":\"Form parse error - Invalid percent escape\"}");
    }

    @ParameterizedTest
    @CsvSource({"1023, 10", "0, 10", "1024, 1", "1024, 101", "16777217, 10", "2147483647, 10"})
    void limits_out_of_bounds_are_refused(int bytes, int depth) {
        assertThatIllegalArgumentException().isThrownBy(() -> new BodyLimits(bytes, depth));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 100})
    void limits_at_the_bounds_are_taken(int depth) {
        assertThat(new BodyLimits(1024, depth).jsonDepth()).isEqualTo(depth);
        assertThat(new BodyLimits(16_777_216, depth).bytes()).isEqualTo(16_777_216);
    }

    @Test
    void members_and_requests_do_not_print_their_values() {
        Fields content = read("application/json", "{\"password\":\"hunter2\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(content.toString()).contains("password").doesNotContain("hunter2");
    }

    private Map<String, ?> members(String type, String text) {
        Fields fields = read(type, text.getBytes(StandardCharsets.UTF_8));
        assertThat(fields.refusal()).isEmpty();
        return fields.members();
    }

    private String refused(String type, String text) {
        return text(read(type, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Fields fields(String json) {
        FakeRequest request = FakeRequest.post().header("Content-Type", "application/json");
        return EndpointRequest.of(request, "/x/", json.getBytes(StandardCharsets.UTF_8))
                .fields();
    }

    private static String text(Fields unreadable) {
        return text(unreadable.refusal().orElseThrow());
    }

    private static String text(AuthResponse response) {
        return response.status() + " " + new String(response.body(), StandardCharsets.UTF_8);
    }

    private Fields read(String type, byte[] bytes) {
        return body.read(EndpointRequest.of(FakeRequest.post().header("Content-Type", type), "/x/", bytes));
    }
}
