package io.postern.conformance.replay;

import io.postern.auth.servlet.AuthEndpointsServlet;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.servlet.SessionCookies;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Serves a {@link HostileApp}; requests look as if they had come over TLS, but where tokens travel in cookies. */
record HostileServer(HostileApp app, Container container) implements AutoCloseable {

    static final String PROTECTED = "protected-marker-5e1f";
    static final String ADMIN = "admin-marker-77c2";
    static final SessionCookies SESSIONS = SessionCookies.safe();

    static HostileServer start(HostileApp app) throws Exception {
        boolean overTls = !app.setup().usesCookies();
        Container container = app.setup().container().start(overTls, context -> fill(context, app));
        return new HostileServer(app, container);
    }

    RawHttp http() {
        return new RawHttp("127.0.0.1", container.port());
    }

    String scheme() {
        return app.setup().usesCookies() ? "http" : "https";
    }

    @Override
    public void close() {
        container.close();
    }

    private static void fill(ServletContext context, HostileApp app) {
        SESSIONS.harden(context);
        AuthFilter.register(context, app.postern());
        context.addServlet("auth", new AuthEndpointsServlet(app.postern())).addMapping("/auth/*");
        serve(context, "/", (request, response) -> response.sendError(HttpServletResponse.SC_NOT_FOUND));
        serve(context, "/api/me", HostileServer::tellName);
        serve(context, "/api/echo", HostileServer::tellName);
        serve(
                context,
                "/api/admin/users",
                (request, response) -> response.getWriter().print(ADMIN));
        serve(context, "/api/throws", (request, response) -> {
            throw new IllegalStateException(PROTECTED);
        });
        serve(
                context,
                "/public/ping",
                (request, response) -> response.getWriter().print("pong"));
        serve(context, "/public/visit", (request, response) -> request.getSession(true));
        serve(
                context,
                "/public/forward-to-me",
                (request, response) -> request.getRequestDispatcher("/api/me").forward(request, response));
        serve(
                context,
                "/public/include-me",
                (request, response) -> request.getRequestDispatcher("/api/me").include(request, response));
        serve(
                context,
                "/public/async-me",
                (request, response) -> request.startAsync().dispatch("/api/me"));
    }

    private static void tellName(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(PROTECTED + " " + request.getRemoteUser());
    }

    private static void serve(ServletContext context, String path, Handler handler) {
        ServletRegistration.Dynamic servlet = context.addServlet(path, new HandlerServlet(handler));
        servlet.addMapping(path);
        servlet.setAsyncSupported(true);
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
