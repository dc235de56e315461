package io.postern.auth.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.testkit.FakeRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormRequestTest {

    private static final String MULTIPART =
            "--x\r\nContent-Disposition: form-data; name=\"proof\"\r\n\r\n1 2\r\n--x--\r\n";

    @Test
    void fields_of_both_kinds_of_forms_are_read() {
        assertThat(field("application/x-www-form-urlencoded; charset=utf-8", "proof=1+2"))
                .contains("1 2");
        assertThat(field("multipart/form-data; boundary=x", MULTIPART)).contains("1 2");
        assertThat(field("application/x-www-form-urlencoded", "other=1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json", "", "garbage"})
    void a_body_of_another_type_has_no_fields_though_it_looks_like_a_form(String type) {
        assertThat(field(type, "proof=1+2")).isEmpty();
        assertThat(field(type.isEmpty() ? type : type + "; boundary=x", MULTIPART))
                .isEmpty();
    }

    @Test
    void a_form_that_cannot_be_read_has_no_fields() {
        assertThat(field("application/x-www-form-urlencoded", "proof=1&a=%zz")).isEmpty();
        assertThat(field("multipart/form-data", MULTIPART)).isEmpty();
    }

    @Test
    void all_else_is_as_the_request_says() {
        FakeRequest request = FakeRequest.post().formField("proof", "of the request");

        assertThat(form(request, "").formField("proof")).isEmpty();
        assertThat(form(request, "").session()).isSameAs(request.session());
    }

    @Test
    void the_body_is_read_only_when_a_field_is_asked_for() {
        AtomicInteger reads = new AtomicInteger();
        InputStream body = new InputStream() {
            @Override
            public int read() {
                reads.incrementAndGet();
                return -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return read();
            }
        };
        FormRequest request = new FormRequest(
                FakeRequest.post().header("Content-Type", "application/x-www-form-urlencoded"),
                new RequestBody(body, 10));

        assertThat(request.header("Content-Type")).isPresent();
        assertThat(reads).hasValue(0);
        assertThat(request.formField("proof")).isEmpty();
        assertThat(request.formField("proof")).isEmpty();
        assertThat(reads).hasValue(1);
    }

    private static FormRequest form(FakeRequest request, String body) {
        return new FormRequest(
                request, new RequestBody(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), 8192));
    }

    private static Optional<String> field(String type, String body) {
        FakeRequest request = FakeRequest.post().header("Content-Type", type);
        return form(request, body).formField("proof");
    }
}
