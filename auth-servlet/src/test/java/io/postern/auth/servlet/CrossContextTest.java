package io.postern.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.Postern;
import io.postern.auth.permission.StandardPermissions.AllowAny;
import io.postern.auth.permission.StandardPermissions.IsAdmin;
import io.postern.auth.testkit.server.TestServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two applications of one container and one Postern, the first of which may dispatch to the second. */
class CrossContextTest {

    private static final String PATH = "/api/page";

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        Postern postern = TestPostern.with(new AtomicInteger(), new HeaderAuthenticator());
        TomcatServer tomcat = (TomcatServer) TomcatServer.start(
                application("/first", postern, new Sender()), application("/second", postern, new Admins()));
        for (var child : tomcat.tomcat().getHost().findChildren()) {
            ((Context) child).setCrossContext(true);
        }
        server = tomcat;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"async", "forward", "include"})
    void an_equal_path_in_another_application_evaluates_its_own_permission(String how) {
        RawHttp.Reply reply = new RawHttp(server.port()).get("/first" + PATH + "?how=" + how, "X-User: alice");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).doesNotContain(TestServlets.MARKER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"async", "forward", "include"})
    void a_request_that_both_filters_grant_is_served(String how) {
        RawHttp.Reply reply = new RawHttp(server.port()).get("/first" + PATH + "?how=" + how, "X-User: root");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains(TestServlets.MARKER).contains("principal=root");
    }

    @Test
    void a_second_filter_challenges_a_caller_whom_the_first_grants_anonymously() {
        RawHttp.Reply reply = new RawHttp(server.port()).get("/first" + PATH + "?how=async");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Header");
    }

    private static TestServer.Application application(String path, Postern postern, TestServlets.WhoAmI page) {
        return new TestServer.Application(
                path,
                context -> {
                    AuthFilter.register(context, postern);
                    TestApplication.add(context, PATH, page);
                },
                Map.of());
    }

    @Permissions(IsAdmin.class)
    static final class Admins extends TestServlets.WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    /** Lets anybody in and sends each on to the same path of the second application. */
    @Permissions(AllowAny.class)
    static final class Sender extends TestServlets.WhoAmI {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            ServletContext second = getServletContext().getContext("/second");
            try {
                switch (request.getParameter("how")) {
                    case "forward" -> second.getRequestDispatcher(PATH).forward(request, response);
                    case "include" -> second.getRequestDispatcher(PATH).include(request, response);
                    default -> dispatch(request, second);
                }
            } catch (ServletException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void dispatch(HttpServletRequest request, ServletContext second) {
            assertThat(request.getDispatcherType()).isEqualTo(DispatcherType.REQUEST);
            AsyncContext async = request.startAsync();
            async.dispatch(second, PATH);
        }
    }
}
