package io.postern.conformance.replay;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.session;
import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.isAdmin;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.password.PasswordHashers;
import io.postern.auth.servlet.AuthEndpointsServlet;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.token.InMemoryTokenStore;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The application that the hostile inputs are written for, under the default preset. */
final class HostileServer implements AutoCloseable {

    static final String PROTECTED = "protected-marker-5e1f";
    static final String ADMIN = "admin-marker-77c2";

    private static final PasswordHasher HASHER = PasswordHashers.pbkdf2(1_000);

    private final InMemoryUserStore users = new InMemoryUserStore();
    private final Map<String, String> storedHashes = new HashMap<>();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    private HostileServer() {}

    static HostileServer start() throws Exception {
        HostileServer running = new HostileServer();
        running.connector.setHost("127.0.0.1");
        running.server.addConnector(running.connector);
        running.server.setHandler(running.context(running.postern()));
        running.server.start();
        return running;
    }

    RawHttp http() {
        return new RawHttp("127.0.0.1", connector.getLocalPort());
    }

    void addUser(String name, String password) {
        String hash = password.isEmpty() ? "" : HASHER.hash(Password.of(password));
        users.add(UserRecord.builder("id-of-" + name, name).build(), hash);
        storedHashes.put(name, hash);
    }

    String storedHashOf(String name) {
        return storedHashes.get(name);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server did not stop", e);
        }
    }

    private Postern postern() {
        byte[] key = TokenSigner.HMAC_KEY.getBytes(StandardCharsets.US_ASCII);
        return Postern.builder()
                .users(users)
                .passwords(login -> login.hasher(HASHER))
                .tokens(new InMemoryTokenStore())
                .jwt(KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, key)))
                .authenticators(jwt(), basic(), token(), session())
                .permission(isAuthenticated())
                .policy("/api/admin/*", place -> place.permission(isAdmin()))
                .policy("/public/ping", place -> place.permission(allowAny()))
                .policy("/public/include-me", place -> place.permission(allowAny()))
                .build();
    }

    private ServletContextHandler context(Postern postern) {
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
        context.addFilter(new FilterHolder(new AuthFilter(postern)), "/*", EnumSet.allOf(DispatcherType.class));
        context.addServlet(new ServletHolder(new AuthEndpointsServlet(postern)), "/auth/*");
        serve(context, "/api/me", (request, response) -> response.getWriter().print(PROTECTED));
        serve(context, "/api/echo", (request, response) -> response.getWriter().print(PROTECTED));
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
        serve(
                context,
                "/public/include-me",
                (request, response) -> request.getRequestDispatcher("/api/me").include(request, response));
        return context;
    }

    private static void serve(ServletContextHandler context, String path, Handler handler) {
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
