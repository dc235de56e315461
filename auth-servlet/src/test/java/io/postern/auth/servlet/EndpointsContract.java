package io.postern.auth.servlet;

import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.StandardAuthenticators;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionAuthenticator;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.testkit.server.TestServer;
import io.postern.auth.user.InMemoryUserStore;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The servlet of endpoints, and how container-made instances find their settings. */
interface EndpointsContract extends ServletContainerContract {

    @ParameterizedTest
    @MethodSource("io.postern.auth.servlet.ServletContainerContract#contexts")
    default void endpoints_are_reached_through_the_filter_without_credentials(String context) {
        RawHttp.Reply reply = http().post(context + "/auth/echo/", "12345");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains("\"length\":5").contains("\"path\":\"/echo/\"");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    default void endpoints_see_every_method() {
        assertThat(http().send("BREW", "/auth/echo/", "").body()).contains("\"method\":\"BREW\"");
        assertThat(http().send("PATCH", "/auth/echo/", "").body()).contains("\"method\":\"PATCH\"");
    }

    @Test
    default void unknown_endpoints_are_not_found() {
        assertThat(http().get("/auth/nothing/").status()).isEqualTo(404);
        assertThat(http().get("/auth").status()).isEqualTo(404);
    }

    @Test
    default void a_body_over_the_limit_is_refused_by_its_announced_length() {
        RawHttp.Reply reply = http().send("POST", "/auth/echo/", "", "Content-Length: 1000000");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body()).isEqualTo("{\"detail\":\"Request body is too large.\"}");
    }

    @Test
    default void a_body_over_the_limit_is_refused_without_a_length() {
        String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
        String exactly = chunk + "0\r\n\r\n";
        String more = chunk + "1\r\nx\r\n0\r\n\r\n";

        assertThat(chunked(exactly).body()).contains("\"length\":16384");
        assertThat(chunked(more).status()).isEqualTo(413);
    }

    private RawHttp.Reply chunked(String body) {
        return http().post("/auth/echo/", body, "Transfer-Encoding: chunked");
    }

    @Test
    default void a_body_that_cannot_be_read_is_a_bad_request() {
        RawHttp.Reply reply = chunked("zz\r\nhello\r\n");

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.body()).doesNotContain("Exception").doesNotContain("jakarta");
    }

    @Test
    default void compressed_bodies_are_refused() {
        assertThat(http().post("/auth/echo/", "x", "Content-Encoding: gzip").status())
                .isEqualTo(415);
        assertThat(http().post("/auth/echo/", "x", "Content-Encoding: identity", "Content-Encoding: br")
                        .status())
                .isEqualTo(415);
        assertThat(http().post("/auth/echo/", "x", "Content-Encoding: Identity").status())
                .isEqualTo(200);
    }

    @Test
    default void a_broken_endpoint_is_a_500_with_an_id_that_is_logged() {
        try (HeardLog log = HeardLog.listen()) {
            RawHttp.Reply reply = http().get("/auth/broken/");

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.body())
                    .startsWith("{\"detail\":\"A server error occurred.\"")
                    .doesNotContain("hollow");
            String id = reply.body().replaceAll(".*\"id\":\"([0-9a-f-]+)\".*", "$1");
            assertThat(log.everything()).contains("ERROR").contains(id).contains("an internal detail");
        }
    }

    @Test
    default void endpoints_work_without_the_filter() throws Exception {
        try (TestServer plain = starter()
                .start(new TestServer.Application(
                        "",
                        context -> TestApplication.add(context, "/auth/*", new AuthEndpointsServlet(postern())),
                        Map.of()))) {
            assertThat(new RawHttp(plain.port()).get("/auth/echo/").status()).isEqualTo(200);
        }
    }

    @Test
    default void a_filter_without_a_postern_fails_at_start_up_with_the_way_to_fix_it() {
        try (HeardLog log = HeardLog.listen()) {
            Assertions.assertThatThrownBy(() -> starter()
                            .start(TestApplication.withFilter(
                                    new AuthFilter(), new TestServlets.WhoAmI(), Optional.empty()))
                            .close())
                    .satisfies(thrown -> assertThat(log.everything() + HeardLog.messages(thrown))
                            .contains("set one as attribute \"io.postern.Postern\""));
        }
    }

    @Test
    default void a_filter_finds_its_postern_in_the_servlet_context() throws Exception {
        try (TestServer found = starter()
                .start(TestApplication.withFilter(
                        new AuthFilter(), new TestServlets.WhoAmI(), Optional.of(postern())))) {
            assertThat(new RawHttp(found.port()).get("/api/me").status()).isEqualTo(401);
            assertThat(new RawHttp(found.port()).get("/api/me", "X-User: alice").status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false, 200", "1, false, 413", "0, true, 200", "1, true, 413"})
    default void a_body_is_read_up_to_the_limit_and_not_a_byte_more(int more, boolean chunked, int status) {
        int length = postern().endpoints().maxBody() + more;
        String body = "x".repeat(length);
        RawHttp.Reply reply = chunked
                ? http().post(
                                "/auth/echo/",
                                Integer.toHexString(length) + "\r\n" + body + "\r\n0\r\n\r\n",
                                "Transfer-Encoding: chunked")
                : http().post("/auth/echo/", body);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body().contains("\"length\":" + length)).isEqualTo(status == 200);
    }

    @Test
    default void cookies_of_other_filters_are_retained_beside_those_of_an_endpoint() throws Exception {
        Filter other = (request, response, chain) -> {
            ((HttpServletResponse) response).addHeader("Set-Cookie", "other=1");
            ((HttpServletResponse) response).addHeader("Cache-Control", "public");
            chain.doFilter(request, response);
        };
        try (TestServer server = starter()
                .start(new TestServer.Application(
                        "",
                        context -> {
                            context.addFilter("other", other).addMappingForUrlPatterns(null, false, "/*");
                            TestApplication.add(context, "/auth/*", new AuthEndpointsServlet(postern()));
                        },
                        Map.of()))) {
            RawHttp.Reply reply = new RawHttp(server.port()).get("/auth/cookies/");

            assertThat(reply.header("Set-Cookie")).isEqualTo("other=1 | one=1 | two=2");
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth/echo/;jsessionid=1", "/auth//echo/", "/auth/x/../echo/", "/auth/echo%2f"})
    default void endpoints_refuse_an_ambiguous_path(String path) {
        RawHttp.Reply reply = http().get(path);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).doesNotContain("\"path\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth", "/auth/", "*.do"})
    default void a_mapping_that_reaches_no_endpoint_fails_at_start_up(String mapping) {
        try (HeardLog log = HeardLog.listen()) {
            // Jetty refuses to start then; Tomcat writes it to its log and starts without the servlet.
            Throwable thrown = Assertions.catchThrowable(() -> starter()
                    .start(new TestServer.Application("", context -> endpoints(context, mapping), Map.of()))
                    .close());

            assertThat(log.everything() + HeardLog.messages(thrown))
                    .contains("AuthEndpointsServlet is mapped to [" + mapping + "]")
                    .contains("such as /auth/*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo/", "/echo"})
    default void an_endpoint_may_be_mapped_alone(String mapping) throws Exception {
        try (TestServer server =
                starter().start(new TestServer.Application("", context -> endpoints(context, mapping), Map.of()))) {
            assertThat(new RawHttp(server.port()).get(mapping).status()).isEqualTo(200);
        }
    }

    @Test
    default void sessions_of_a_custom_authenticator_need_no_user_store() throws Exception {
        Postern own = Postern.builder()
                .authenticators(new SessionAuthenticator(
                        new SessionLogin(new InMemoryUserStore()),
                        Csrf.builder().build()))
                .permissions(isAuthenticated())
                .build();
        try (HeardLog log = HeardLog.listen();
                TestServer server = starter()
                        .start(new TestServer.Application(
                                "", context -> AuthFilter.register(context, own), Map.of()))) {
            assertThat(new RawHttp(server.port()).get("/").status()).isEqualTo(403);
            assertThat(log.everything()).contains("session cookie has no HttpOnly");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/*", "/api/*"})
    default void a_filter_that_is_mapped_to_a_part_of_the_paths_logs_a_warning(String mapping) throws Exception {
        try (HeardLog log = HeardLog.listen();
                TestServer part = starter()
                        .start(new TestServer.Application(
                                "",
                                context -> context.addFilter("part", new AuthFilter(postern()))
                                        .addMappingForUrlPatterns(null, false, mapping),
                                Map.of()))) {
            assertThat(part.port()).isPositive();
            assertThat(log.everything().contains("WARN the filter part is mapped to [/api/*] only"))
                    .isEqualTo(mapping.equals("/api/*"));
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false, true", "true, false, false", "false, true, false"})
    default void a_session_cookie_that_scripts_can_read_logs_a_warning(boolean hardened, boolean kept, boolean warned)
            throws Exception {
        PosternBuilder builder = Postern.builder()
                .users(new InMemoryUserStore())
                .authenticators(StandardAuthenticators.session())
                .permissions(isAuthenticated());
        Postern sessions = kept
                ? builder.sessions(new InMemoryStores().sessions(), settings -> settings)
                        .build()
                : builder.build();
        try (HeardLog log = HeardLog.listen();
                TestServer server = starter()
                        .start(new TestServer.Application(
                                "",
                                context -> {
                                    if (hardened) {
                                        SessionCookies.safe().harden(context);
                                    }
                                    AuthFilter.register(context, sessions);
                                },
                                Map.of()))) {
            assertThat(server.port()).isPositive();
            assertThat(log.everything().contains("WARN the container's session cookie has no HttpOnly"))
                    .isEqualTo(warned);
        }
    }

    private static void endpoints(ServletContext context, String mapping) {
        ServletRegistration.Dynamic servlet = context.addServlet("auth", new AuthEndpointsServlet(postern()));
        servlet.addMapping(mapping);
        servlet.setLoadOnStartup(1);
    }

    private static Postern postern() {
        return TestPostern.with(new AtomicInteger(), new HeaderAuthenticator());
    }
}
