package io.postern.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.testkit.server.TestServer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The session bridge and fields of forms. */
interface SessionAndFormContract extends ServletContainerContract {

    String FORM = "Content-Type: application/x-www-form-urlencoded";
    String MULTIPART = "Content-Type: multipart/form-data; boundary=xyz";

    @Test
    default void a_login_changes_the_session_id_and_invalidates_the_old_one() {
        String planted = http().get("/public/visit").cookie();
        RawHttp.Reply login = http().get("/public/login?name=alice", "Cookie: " + planted);

        assertThat(planted).isNotEmpty();
        assertThat(login.cookie()).startsWith("sessionid=").isNotEqualTo(planted);
        assertThat(http().get("/api/me", "Cookie: " + login.cookie()).body()).contains("principal=alice");
        assertThat(http().get("/api/me", "Cookie: " + planted).status()).isEqualTo(401);
    }

    @Test
    default void a_login_without_a_session_does_not_adopt_an_id_of_the_client() {
        String invented = "sessionid=0123456789ABCDEF0123456789ABCDEF";
        RawHttp.Reply login = http().get("/public/login?name=alice", "Cookie: " + invented);

        assertThat(login.cookie()).isNotEqualTo(invented);
        assertThat(http().get("/api/me", "Cookie: " + invented).status()).isEqualTo(401);
    }

    @Test
    default void a_second_login_replaces_the_first() {
        String first = http().get("/public/login?name=alice").cookie();
        String second = http().get("/public/login?name=bob", "Cookie: " + first).cookie();

        assertThat(http().get("/api/me", "Cookie: " + first).status()).isEqualTo(401);
        assertThat(http().get("/api/me", "Cookie: " + second).body()).contains("principal=bob");
    }

    @Test
    default void a_logout_ends_the_session() {
        String cookie = http().get("/public/login?name=alice").cookie();
        http().get("/public/logout", "Cookie: " + cookie);

        assertThat(http().get("/api/me", "Cookie: " + cookie).status()).isEqualTo(401);
        assertThat(http().get("/public/logout").status()).isEqualTo(200);
    }

    @Test
    default void two_session_cookies_are_ignored() {
        String cookie = http().get("/public/login?name=alice").cookie();

        assertThat(http().get("/api/me", "Cookie: " + cookie + "; sessionid=x").status())
                .isEqualTo(401);
        assertThat(http().get("/api/me", "Cookie: sessionid=x; " + cookie).status())
                .isEqualTo(401);
        assertThat(http().get("/api/me", "Cookie: " + cookie.replace("sessionid", "SESSIONID"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    default void a_login_invalidates_an_injected_session() {
        String planted = http().get("/public/visit").cookie();
        RawHttp.Reply login = http().get("/public/login?name=alice", "Cookie: " + planted + "; sessionid=x");

        assertThat(http().get("/public/seen", "Cookie: " + login.cookie()).body())
                .isEqualTo("null");
        assertThat(http().get("/api/me", "Cookie: " + login.cookie()).body()).contains("principal=alice");
    }

    @Test
    default void a_login_retains_the_attributes_of_the_session() {
        String anonymous = http().get("/public/visit").cookie();
        RawHttp.Reply login = http().get("/public/login?name=alice", "Cookie: " + anonymous);

        assertThat(http().get("/public/seen", "Cookie: " + login.cookie()).body())
                .isEqualTo("yes");
    }

    @Test
    default void the_session_cookie_is_hardened() {
        String cookie = http().get("/public/login?name=alice").header("Set-Cookie");

        assertThat(cookie).containsIgnoringCase("HttpOnly").containsIgnoringCase("SameSite=Lax");
    }

    @Test
    default void safe_session_cookies_are_bound_to_host_and_tls() throws Exception {
        HttpServlet visit = new TestServlets.Lambda((request, response) -> {
            request.getSession().setAttribute("seen", "yes");
            response.getWriter().print(response.encodeURL("/link"));
        });
        Consumer<ServletContext> start = context -> {
            SessionCookies.safe().harden(context);
            TestApplication.add(context, "/visit", visit);
        };
        try (TestServer safe = starter().start(new TestServer.Application("/ctx", start, Map.of()))) {
            RawHttp.Reply reply = new RawHttp(safe.port()).get("/ctx/visit");

            assertThat(reply.header("Set-Cookie"))
                    .startsWith("__Host-sessionid=")
                    .containsIgnoringCase("; Secure")
                    .containsIgnoringCase("; HttpOnly")
                    .containsIgnoringCase("; SameSite=Lax")
                    .matches("(?i).*; Path=/(;.*)?")
                    .doesNotContainIgnoringCase("Domain");
            assertThat(reply.body()).isEqualTo("/link");
        }
    }

    @Test
    default void anonymous_requests_get_no_session() {
        assertThat(http().get("/ctx/public/ping").header("Set-Cookie")).isEmpty();
    }

    /** The second context keeps its container's tracking modes. */
    @Test
    default void a_session_id_in_the_url_is_ignored() {
        RawHttp.Reply login = http().get("/ctx/public/login?name=alice");
        String id = login.cookie().split("=", 2)[1];

        assertThat(http().get("/ctx/marked/any-user", "Cookie: " + login.cookie())
                        .status())
                .isEqualTo(200);
        assertThat(http().get("/ctx/marked/any-user;jsessionid=" + id).status()).isIn(400, 401, 403);
    }

    @ParameterizedTest
    @CsvSource({
        "/public/field, csrf=good, good",
        "/public/field, csrf=one&csrf=two, two",
        "/public/field, other=good, none",
        "/public/field?csrf=good, other=x, none",
        "/public/field?csrf=good&csrf=good, other=x, none",
        "/public/field?csrf=good, csrf=bad, bad",
        "/public/field?csrf=bad, csrf=good, good",
        "/public/field?%63srf=good, other=x, none",
        "/public/forward?to=/public/field?csrf=good, other=x, none",
        "/public/forward?csrf=good&to=/public/field?csrf=good, other=x, none",
        "/public/forward?csrf=good&to=/public/field?csrf=good, csrf=bad, bad"
    })
    default void form_fields_come_from_the_body_only(String target, String body, String found) {
        assertThat(http().post(target, body, FORM).body()).isEqualTo(found);
    }

    @Test
    default void other_bodies_have_no_form_fields() {
        assertThat(http().post("/public/field", "{\"csrf\":\"good\"}", "Content-Type: application/json")
                        .body())
                .isEqualTo("none");
        assertThat(http().post("/public/field?csrf=good", "csrf=good", "Content-Type: text/plain")
                        .body())
                .isEqualTo("none");
        assertThat(http().post("/public/field", "csrf=good").body()).isEqualTo("none");
    }

    @Test
    default void multipart_fields_are_read_where_the_servlet_takes_parts() {
        assertThat(http().post("/public/parts?csrf=query", parts("csrf", "good"), MULTIPART)
                        .body())
                .isEqualTo("good");
        assertThat(http().post("/public/parts?csrf=good", parts("other", "x"), MULTIPART)
                        .body())
                .isEqualTo("none");
    }

    @Test
    default void multipart_fields_are_read_where_the_servlet_takes_the_raw_body() {
        assertThat(http().post("/public/field?csrf=query", parts("csrf", "good"), MULTIPART)
                        .body())
                .isEqualTo("good");
    }

    @Test
    default void files_and_huge_parts_are_not_fields() {
        String file = parts("csrf\"; filename=\"a.txt", "good");

        assertThat(http().post("/public/parts", file, MULTIPART).body()).isEqualTo("none");
        assertThat(http().post("/public/parts", parts("csrf", "x".repeat(8193)), MULTIPART)
                        .body())
                .isEqualTo("none");
    }

    @Test
    default void broken_forms_have_no_fields() {
        assertThat(http().post("/public/parts", "--xyz\r\nnonsense", MULTIPART).body())
                .isEqualTo("none");
        assertThat(http().post("/public/field", "csrf=%zz&csrf=%", FORM).status())
                .isLessThan(500);
    }

    @Test
    default void a_form_with_wrong_framing_is_refused() {
        RawHttp.Reply reply =
                http().post("/api/me", "zz\r\ncsrf=good", FORM, "X-User: form", "Transfer-Encoding: chunked");

        assertThat(reply.status()).isIn(400, 403);
        assertThat(reply.body()).doesNotContain(TestServlets.MARKER).doesNotContain("Exception");
    }

    @Test
    default void an_authenticator_may_read_a_form_field() {
        assertThat(http().post("/api/me", "csrf=good", FORM, "X-User: form").body())
                .contains("principal=form");
        assertThat(http().post("/api/me?csrf=good", "a=b", FORM, "X-User: form").status())
                .isEqualTo(403);
    }

    @Test
    default void a_session_cookie_in_another_case_is_ignored_beside_a_stale_one() {
        String cookie = http().get("/public/login?name=alice").cookie();
        String planted = cookie.replace("sessionid", "SESSIONID");

        assertThat(http().get("/api/me", "Cookie: " + cookie).status()).isEqualTo(200);
        assertThat(http().get("/api/me", "Cookie: sessionid=stale; " + planted).status())
                .isEqualTo(401);
        assertThat(http().get("/api/me", "Cookie: " + planted + "; sessionid=stale")
                        .status())
                .isEqualTo(401);
    }

    private static String parts(String name, String value) {
        return "--xyz\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n--xyz--\r\n";
    }
}
