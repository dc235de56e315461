package io.postern.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes that Tomcat and Jetty, or a proxy and either, take for different paths. */
class AmbiguousPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/x",
                "/api//x",
                "///api///x",
                "/api/x//",
                "/./api/x",
                "/x/../api/x",
                "/api/.",
                "/api/..",
                "/../api",
                "/api/x;jsessionid=1",
                "/api;a=b/x",
                "/;a/api/x",
                "/api/;/x",
                "/x/..;/api/x",
                "/api/..;/x",
                "/api/x%3bjsessionid=1",
                "/api/x%3B",
                "/api%2fx",
                "/api%2Fx",
                "/api%5cx",
                "/api%5Cx",
                "/api\\x",
                "/api/..\\x",
                "/api/x%00",
                "/%2e/api/x",
                "/%2E%2E/api/x",
                "/x/%2e%2e/api/x",
                "/x/.%2e/api/x",
                "/api/x%2ejson",
                "/api/%252e%252e/x",
                "/api%25",
                "/api/x%0a",
                "/api/x%0d%0aSet-Cookie:a",
                "/api/x%09",
                "/api/x%7f",
                "/api/x%c2%85",
                "/api/x\n",
                "/api/\u0000x",
                "/api/x\u007F",
                "/api/x\u0085",
                "/api/x#frag",
                "/api/%",
                "/api/%2",
                "/api/%g0",
                "/api/%u002e",
                "/api/% 20",
                "/api/%+1",
                "/api/%c0%ae%c0%ae/x",
                "/api/%c0%af/x",
                "/api/%ff",
                "/api/%ed%a0%80",
                "/api/%f8%88%80%80%80",
                "/api/%e9",
                "/api/\u0100%20",
                "http://evil.example/api/x",
                "api/x",
                "*",
                ""
            })
    void a_path_that_two_readers_could_read_differently_is_ambiguous(String raw) {
        assertThat(AmbiguousPath.is(raw)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/x",
                "/api/x/",
                "/%61pi/x",
                "/API/x",
                "/api/x%20y",
                "/api/x.",
                "/api/x.json",
                "/api/...",
                "/api/.well-known",
                "/api/a..b",
                "/caf%C3%A9",
                "/%f0%9f%90%b4",
                "/a:b@c!$&'()+,=~_-",
                "/api/%7Euser",
                "/x%3Ay"
            })
    void an_ordinary_path_is_not(String raw) {
        assertThat(AmbiguousPath.is(raw)).isFalse();
    }

    @Test
    void every_escape_of_a_byte_is_judged() {
        for (int b = 0; b < 256; b++) {
            boolean harmless = b >= 0x20 && b < 0x7F && ".;/\\%".indexOf(b) < 0;
            assertThat(AmbiguousPath.is(String.format("/x%%%02x", b)))
                    .as("%02x", b)
                    .isNotEqualTo(harmless);
        }
    }

    @Test
    void long_paths_are_judged_quickly() {
        assertThat(AmbiguousPath.is("/" + "a/".repeat(50_000))).isFalse();
        assertThat(AmbiguousPath.is("/" + "%61".repeat(50_000))).isFalse();
        assertThat(AmbiguousPath.is("/" + "%61".repeat(50_000) + "%2e")).isTrue();
    }
}
