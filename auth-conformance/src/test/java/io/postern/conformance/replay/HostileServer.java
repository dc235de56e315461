package io.postern.conformance.replay;

import io.postern.auth.servlet.AuthEndpointsServlet;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.servlet.SessionCookies;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.session.SessionData;

/** Serves a {@link HostileApp}; requests look as if they had come over TLS, but where tokens travel in cookies. */
final class HostileServer implements AutoCloseable {

    static final String PROTECTED = "protected-marker-5e1f";
    static final String ADMIN = "admin-marker-77c2";
    static final SessionCookies SESSIONS = SessionCookies.safe();

    /** Larger than Postern's own limits, so that it is Postern who answers. */
    private static final int HEADER_SIZE = 24_576;

    private final HostileApp app;
    private final Server server = new Server();
    private final ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
    private final ServerConnector connector;

    private HostileServer(HostileApp app) {
        this.app = app;
        this.connector = new ServerConnector(server, new HttpConnectionFactory(configuration()));
    }

    static HostileServer start(HostileApp app) throws Exception {
        HostileServer running = new HostileServer(app);
        running.connector.setHost("127.0.0.1");
        running.server.addConnector(running.connector);
        running.fill();
        running.server.setHandler(running.context);
        running.server.start();
        return running;
    }

    HostileApp app() {
        return app;
    }

    RawHttp http() {
        return new RawHttp("127.0.0.1", connector.getLocalPort());
    }

    String scheme() {
        return app.setup().usesCookies() ? "http" : "https";
    }

    /** Lets the idle time of a session be over. */
    void expire(String sessionId) {
        SessionData data =
                context.getSessionHandler().getManagedSession(sessionId).getSessionData();
        data.setMaxInactiveMs(1);
        data.setExpiry(1);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server did not stop", e);
        }
    }

    private HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(HEADER_SIZE);
        if (scheme().equals("https")) {
            configuration.addCustomizer(HostileServer::asOverTls);
        }
        return configuration;
    }

    private static Request asOverTls(Request request, HttpFields.Mutable headers) {
        HttpURI uri = HttpURI.build(request.getHttpURI()).scheme("https").asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpURI getHttpURI() {
                return uri;
            }

            @Override
            public boolean isSecure() {
                return true;
            }
        };
    }

    private void fill() {
        context.addServletContainerInitializer((classes, started) -> SESSIONS.harden(started));
        FilterHolder filter = new FilterHolder(new AuthFilter(app.postern()));
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        context.addServlet(new ServletHolder(new AuthEndpointsServlet(app.postern())), "/auth/*");
        serve("/api/me", HostileServer::tellName);
        serve("/api/echo", HostileServer::tellName);
        serve("/api/admin/users", (request, response) -> response.getWriter().print(ADMIN));
        serve("/api/throws", (request, response) -> {
            throw new IllegalStateException(PROTECTED);
        });
        serve("/public/ping", (request, response) -> response.getWriter().print("pong"));
        serve("/public/visit", (request, response) -> request.getSession(true));
        serve(
                "/public/include-me",
                (request, response) -> request.getRequestDispatcher("/api/me").include(request, response));
    }

    private static void tellName(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(PROTECTED + " " + request.getRemoteUser());
    }

    private void serve(String path, Handler handler) {
        context.addServlet(new ServletHolder(new HandlerServlet(handler)), path);
    }

    @FunctionalInterface
    private interface Handler {
        void handle(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    private static final class HandlerServlet extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final transient Handler handler;

        HandlerServlet(Handler handler) {
            this.handler = handler;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            response.setContentType("text/plain");
            handler.handle(request, response);
        }
    }
}
