package io.postern.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forwards, includes, asynchronous dispatches, error pages and what handlers throw. */
interface DispatchContract extends ServletContainerContract {

    @ParameterizedTest
    @MethodSource("io.postern.auth.servlet.ServletContainerContract#contexts")
    default void a_public_page_cannot_forward_an_anonymous_caller_to_a_protected_one(String context) {
        RawHttp.Reply reply = http().get(context + "/public/forward?to=/api/me");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Header");
        assertThat(reply.body()).isEqualTo("{\"detail\":\"Authentication credentials were not provided.\"}");
    }

    @ParameterizedTest
    @MethodSource("io.postern.auth.servlet.ServletContainerContract#contexts")
    default void a_forward_retains_the_authenticated_user(String context) {
        int before = application().headers.believed.get();
        RawHttp.Reply reply = http().get(context + "/public/forward?to=/api/me", "X-User: alice");

        assertThat(reply.body()).startsWith(TestServlets.MARKER + " FORWARD principal=alice remote=alice type=header");
        assertThat(reply.header("Vary")).isEqualTo("X-User, Authorization, Cookie");
        assertThat(application().headers.believed.get()).isEqualTo(before + 1);
    }

    @Test
    default void a_forward_evaluates_the_permission_of_its_target() {
        assertThat(http().get("/public/forward?to=/admin/users", "X-User: alice")
                        .status())
                .isEqualTo(403);
        assertThat(http().get("/public/forward?to=/marked/admins", "X-User: alice")
                        .status())
                .isEqualTo(403);
        assertThat(http().get("/public/forward?to=/marked/admins", "X-User: root")
                        .status())
                .isEqualTo(200);
    }

    @Test
    default void a_forward_is_not_counted_twice_by_one_throttle() {
        int before = application().counted.get();
        RawHttp.Reply reply = http().get("/throttled/forward?to=/throttled/page");

        assertThat(reply.body()).isEqualTo("page");
        assertThat(application().counted.get()).isEqualTo(before + 1);
    }

    @Test
    default void a_chain_of_forwards_is_not_counted_twice_by_one_throttle() {
        int before = application().counted.get();
        RawHttp.Reply reply = http().get("/throttled/forward?to=/public/forward%3Fto=/throttled/page");

        assertThat(reply.body()).isEqualTo("page");
        assertThat(application().counted.get()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @MethodSource("io.postern.auth.servlet.ServletContainerContract#contexts")
    default void a_public_page_cannot_include_a_protected_one(String context) {
        RawHttp.Reply reply = http().get(context + "/public/include?to=/api/me");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Header");
        assertThat(reply.body()).isEqualTo("{\"detail\":\"Authentication credentials were not provided.\"}");
    }

    @Test
    default void a_committed_response_ends_before_a_refused_include() {
        RawHttp.Reply reply = http().get("/public/include?flush=1&to=/api/me");

        assertThat(reply.body()).doesNotContain(TestServlets.MARKER).doesNotContain("<after");
    }

    @ParameterizedTest
    @MethodSource("io.postern.auth.servlet.ServletContainerContract#contexts")
    default void an_include_sees_the_user_and_restores_the_page(String context) {
        RawHttp.Reply reply = http().get(context + "/public/include?to=/api/me", "X-User: alice");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .startsWith("<before>" + TestServlets.MARKER + " INCLUDE principal=alice")
                .endsWith("<after alice>");
    }

    @Test
    default void an_include_evaluates_the_annotations_of_its_target() {
        assertThat(http().get("/public/include?to=/marked/admins", "X-User: alice")
                        .status())
                .isEqualTo(403);
    }

    @Test
    default void an_include_may_have_another_user_than_its_page() {
        RawHttp.Reply reply = http().get("/public/include?to=/hollow/tell", "X-User: alice");

        assertThat(reply.body()).contains("INCLUDE principal=null").endsWith("<after alice>");
    }

    @ParameterizedTest
    @MethodSource("io.postern.auth.servlet.ServletContainerContract#contexts")
    default void an_asynchronous_dispatch_to_the_same_path_proceeds(String context) {
        int before = application().headers.believed.get();
        RawHttp.Reply reply = http().get(context + "/public/async-dispatch", "X-User: alice");

        assertThat(reply.body()).isEqualTo("resumed alice");
        assertThat(application().headers.believed.get()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @MethodSource("io.postern.auth.servlet.ServletContainerContract#contexts")
    default void an_asynchronous_dispatch_to_another_path_is_authorized_against_its_target(String context) {
        assertThat(http().get(context + "/public/async-dispatch?to=/api/me").status())
                .isEqualTo(401);
        assertThat(http().get(context + "/public/async-dispatch?to=/admin/users", "X-User: alice")
                        .status())
                .isEqualTo(403);
        assertThat(http().get(context + "/public/async-dispatch?to=/api/me", "X-User: alice")
                        .body())
                .startsWith(TestServlets.MARKER + " ASYNC principal=alice");
    }

    @ParameterizedTest
    @MethodSource("io.postern.auth.servlet.ServletContainerContract#contexts")
    default void a_worker_thread_sees_the_user(String context) {
        RawHttp.Reply reply = http().get(context + "/api/async-work", "X-User: bob");

        assertThat(reply.body()).isEqualTo("worked for bob as bob");
    }

    @ParameterizedTest
    @MethodSource("io.postern.auth.servlet.ServletContainerContract#contexts")
    default void an_error_page_is_shown_to_the_user_authenticated_before(String context) {
        int before = application().headers.believed.get();
        RawHttp.Reply reply = http().get(context + "/public/error?status=409", "X-User: alice");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.body()).startsWith(TestServlets.MARKER + " ERROR principal=alice");
        assertThat(application().headers.believed.get()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @MethodSource("io.postern.auth.servlet.ServletContainerContract#contexts")
    default void an_error_page_that_the_caller_may_not_see_is_replaced_by_its_status(String context) {
        RawHttp.Reply reply = http().get(context + "/public/error?status=409");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.body()).isEqualTo("{\"detail\":\"The request cannot be served.\"}");
        assertThat(http().get(context + "/public/missing").body()).isEqualTo("{\"detail\":\"Not found.\"}");
    }

    @Test
    default void a_public_error_page_is_shown_to_anonymous_callers() {
        RawHttp.Reply reply = http().get("/public/error?status=418");

        assertThat(reply.status()).isEqualTo(418);
        assertThat(reply.body()).isEqualTo("public page for 418");
    }

    @Test
    default void an_error_page_is_not_counted_by_throttles() {
        int before = application().counted.get();
        RawHttp.Reply reply = http().get("/public/error?status=423");

        assertThat(reply.status()).isEqualTo(423);
        assertThat(reply.body()).isEqualTo("page");
        assertThat(application().counted.get()).isEqualTo(before);
    }

    @Test
    default void an_error_page_never_authenticates() {
        int before = application().headers.believed.get();
        RawHttp.Reply reply = http().get("/hollow/error", "X-User: alice");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.body()).isEqualTo("{\"detail\":\"The request cannot be served.\"}");
        assertThat(application().headers.believed.get()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("io.postern.auth.servlet.ServletContainerContract#contexts")
    default void an_exception_of_a_handler_is_left_to_the_container(String context) {
        RawHttp.Reply anonymous = http().get(context + "/public/throws");
        RawHttp.Reply alice = http().get(context + "/public/throws", "X-User: alice");

        assertThat(anonymous.status()).isEqualTo(500);
        assertThat(anonymous.body()).isEqualTo("{\"detail\":\"A server error occurred.\"}");
        assertThat(alice.status()).isEqualTo(500);
        assertThat(alice.body()).startsWith(TestServlets.MARKER + " ERROR principal=alice");
        assertThat(http().get(context + "/api/me").status()).isEqualTo(401);
    }

    @Test
    default void an_asynchronous_dispatch_to_the_same_path_evaluates_no_permission_again() {
        int before = application().counted.get();
        RawHttp.Reply reply = http().get("/once/async-dispatch");

        assertThat(reply.body()).isEqualTo("resumed null");
        assertThat(application().counted.get()).isEqualTo(before + 1);
    }

    @Test
    default void a_refusal_after_the_start_of_asynchronous_work_ends_the_exchange() {
        assertThat(http().getToTheEnd("/public/denies?how=async").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"403", "wrapped", "async"})
    default void a_handler_refuses_by_exception(String how) {
        RawHttp.Reply reply = http().get("/public/denies?how=" + how);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).isEqualTo("{\"detail\":\"Not today.\"}");
    }

    @Test
    default void a_handler_asks_for_authentication_by_exception_and_gets_a_challenge() {
        RawHttp.Reply reply = http().get("/public/denies?how=401");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate"))
                .isNotEmpty()
                .isEqualTo(http().get("/api/me").header("WWW-Authenticate"));
    }

    @Test
    default void a_refusal_after_get_writer_is_complete_in_any_charset() {
        RawHttp.Reply reply = http().getToTheEnd("/public/denies?how=cyrillic");

        assertThat(reply.status()).isEqualTo(403);
        byte[] body = "{\"detail\":\"\u041d\u0435\u0442 \ud83d\ude42\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(reply.body().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(body);
        assertThat(reply.header("Content-Length")).isIn("", Integer.toString(body.length));
    }

    @Test
    default void a_forward_that_is_refused_inside_an_include_refuses_the_whole() {
        RawHttp.Reply reply = http().get("/public/include?to=/public/forward?to=/admin/x");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).startsWith("{\"detail\":").doesNotContain("before");
    }

    @Test
    default void a_store_that_fails_in_a_handler_is_503() {
        RawHttp.Reply reply = http().get("/public/denies?how=store");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(reply.body()).doesNotContain("database").doesNotContain("half a page");
    }

    @Test
    default void a_forwarded_handler_refuses_by_exception() {
        assertThat(http().get("/public/forward?to=/public/denies&how=403").body())
                .isEqualTo("{\"detail\":\"Not today.\"}");
        assertThat(http().get("/public/include?to=/public/denies&how=403").status())
                .isEqualTo(403);
    }

    @Test
    default void object_permissions_are_evaluated_by_one_call() {
        assertThat(http().get("/owned/things?owner=alice", "X-User: alice").body())
                .isEqualTo(TestServlets.MARKER);
        RawHttp.Reply reply = http().get("/owned/things?owner=bob", "X-User: alice");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).doesNotContain(TestServlets.MARKER);
    }
}
