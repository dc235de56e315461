package io.postern.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that a rule and a container may read differently. */
interface PathContract extends ServletContainerContract {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/me",
                "//api/me",
                "///api///me",
                "/api//me",
                "/./api/me",
                "/public/../api/me",
                "/public/..;/api/me",
                "/public/..;x=y/api/me",
                "/public/%2e%2e/api/me",
                "/public/%2e%2e;/api/me",
                "/public/ping/..%2f..%2fapi/me",
                "/public/..%5capi/me",
                "/public/..\\api\\me",
                "/%2e/api/me",
                "/api/./me",
                "/api;a=b/me",
                "/;a/api/me",
                "/api/;/me",
                "/api/me;jsessionid=1",
                "/api/me;",
                "/api/me/",
                "/api/me%0a",
                "/api/me%0d%0a",
                "/api/me%00",
                "/api/me%20",
                "/api/me.",
                "/api/me%3b",
                "/api/%61",
                "/%61pi/me",
                "/api%2fme",
                "/api/%252e%252e/me",
                "/api/me%252e",
                "/api/\u00e9",
                "/api/%e9",
                "/api/%c0%af",
                "/api/me#public",
                "/public%2f..%2fapi/me",
                "/public/ping/../../api/me",
                "http://elsewhere.example/api/me",
                "/admin/users",
                "/admin;/users",
                "/marked/alice/x",
                "/marked/alice;/x",
                "/public/..;/marked/admins"
            })
    default void no_spelling_of_a_path_bypasses_its_policy(String path) {
        for (String context : new String[] {"", "/ctx"}) {
            String target =
                    path.startsWith("http://") ? path.replace("example/", "example" + context + "/") : context + path;
            RawHttp.Reply reply = http().get(target);

            assertThat(reply.status()).as(target).isIn(400, 401, 403, 404, 421);
            assertThat(reply.body())
                    .as(target)
                    .doesNotContain(TestServlets.MARKER)
                    .doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ctx;x/api/me", "/%63tx/api/me", "//ctx/api/me", "/public/../ctx/api/me", "/./ctx/api/me"})
    default void no_spelling_of_the_context_path_bypasses_a_policy(String target) {
        RawHttp.Reply reply = http().get(target);

        assertThat(reply.status()).isIn(400, 401, 403, 404);
        assertThat(reply.body()).doesNotContain(TestServlets.MARKER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/tell", "/public/%74ell"})
    default void public_paths_stay_public(String path) {
        assertThat(http().get(path).status()).isEqualTo(200);
        assertThat(http().get("/ctx" + path).status()).isEqualTo(200);
    }
}
