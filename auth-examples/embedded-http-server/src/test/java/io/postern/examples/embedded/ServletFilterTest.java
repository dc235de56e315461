package io.postern.examples.embedded;

import io.postern.Postern;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authentication;
import io.postern.auth.servlet.AuthEndpointsServlet;
import io.postern.auth.servlet.AuthFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The servlet filter responds as the adapter of this example does. */
class ServletFilterTest extends AdapterContract {

    private final Server server = new Server();

    @Override
    int start(Postern postern, Function<Authentication, AuthResponse> guarded) throws Exception {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServletContainerInitializer((types, servlets) -> {
            AuthFilter.register(servlets, postern);
            servlets.addServlet("auth", new AuthEndpointsServlet(postern)).addMapping("/auth/*");
            servlets.addServlet("app", new HandlerServlet(guarded)).addMapping("/*");
        });
        server.setHandler(context);
        server.start();
        return connector.getLocalPort();
    }

    @Override
    void stop() throws Exception {
        server.stop();
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
