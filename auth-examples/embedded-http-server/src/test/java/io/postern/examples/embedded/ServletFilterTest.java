package io.postern.examples.embedded;

import io.postern.Postern;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authentication;
import io.postern.auth.servlet.AuthEndpointsServlet;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.testkit.server.JettyServer;
import io.postern.auth.testkit.server.TestServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The servlet filter responds as the adapter of this example does. */
class ServletFilterTest extends AdapterContract {

    private @Nullable TestServer server;

    @Override
    int start(Postern postern, Function<Authentication, AuthResponse> guarded) throws Exception {
        TestServer started = JettyServer.start(new TestServer.Application(context -> {
            AuthFilter.register(context, postern);
            context.addServlet("auth", new AuthEndpointsServlet(postern)).addMapping("/auth/*");
            context.addServlet("app", new HandlerServlet(guarded)).addMapping("/*");
        }));
        server = started;
        return started.port();
    }

    @Override
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static final class HandlerServlet extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final transient Function<Authentication, AuthResponse> handler;

        HandlerServlet(Function<Authentication, AuthResponse> handler) {
            this.handler = handler;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            AuthResponse result = handler.apply(AuthFilter.authentication(request));
            response.setStatus(result.status());
            result.headers().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
            response.getOutputStream().write(result.body());
        }
    }
}
