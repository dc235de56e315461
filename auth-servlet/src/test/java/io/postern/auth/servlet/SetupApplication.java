package io.postern.auth.servlet;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.session;
import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.isAdmin;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import io.postern.auth.StoreException;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.testkit.server.TestServer;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** An application with sessions and HTTP Basic, whose handlers and filters do what those of applications do. */
final class SetupApplication {

    static final String PASSWORD = "looking-glass";

    private SetupApplication() {}

    static TestServer start(TestServer.Starter starter) throws Exception {
        return starter.start(new TestServer.Application(SetupApplication::servlets));
    }

    private static Postern postern() {
        InMemoryUserStore users = new InMemoryUserStore();
        String hash = PasswordHasher.pbkdf2(1000).hash(Password.of(PASSWORD));
        users.add(UserRecord.of("1", "ann"), hash);
        users.add(UserRecord.of("2", "bob"), hash);
        return Postern.builder()
                .users(users)
                .passwords(login -> login.hasher(PasswordHasher.pbkdf2(1000)))
                .authenticators(session(), basic())
                .permissions(isAuthenticated())
                .policy("/admin/*", isAdmin())
                .policy("/free/*", allowAny())
                .build();
    }

    private static void servlets(ServletContext context) {
        Postern postern = postern();
        AuthFilter.register(context, postern);
        Filter parsing = (request, response, chain) -> {
            HttpServletRequest http = (HttpServletRequest) request;
            if (http.getHeader("X-Parse") != null) {
                http.getParameter("lang");
            }
            if (http.getHeader("X-Reader") != null) {
                http.getReader();
            }
            chain.doFilter(request, response);
        };
        FilterRegistration.Dynamic added = context.addFilter("parsing", parsing);
        added.setAsyncSupported(true);
        added.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
        add(context, "/raw", SetupApplication::raw);
        add(context, "/form", SetupApplication::form);
        add(context, "/fail", SetupApplication::fail);
        add(context, "/vary", SetupApplication::vary);
        add(context, "/free/api", SetupApplication::servletApi);
        add(context, "/me", (request, response) -> response.getWriter().print(request.getRemoteUser()));
        add(context, "/async", SetupApplication::async);
        parts(context, "/parts");
        parts(context, "/admin/parts");
        TestApplication.add(context, "/auth/*", new AuthEndpointsServlet(postern));
    }

    private static void parts(ServletContext context, String path) {
        TestApplication.add(context, path, new TestServlets.Lambda(SetupApplication::sizes))
                .setMultipartConfig(new MultipartConfigElement("", 1000, 10_000_000, 0));
    }

    private static void add(ServletContext context, String path, TestServlets.Handler handler) {
        TestApplication.add(context, path, new TestServlets.Lambda(handler));
    }

    private static void raw(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        response.getWriter().print(new String(body, StandardCharsets.ISO_8859_1));
    }

    private static void form(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getHeader("X-Charset") != null) {
            request.setCharacterEncoding(request.getHeader("X-Charset"));
        }
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(String.join("|", request.getParameterMap().getOrDefault("name", new String[] {"none"
        })));
    }

    /** Reads the form when it is resumed. */
    private static void async(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            form(request, response);
        } else {
            request.startAsync().dispatch();
        }
    }

    private static void sizes(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        try {
            StringBuilder sizes = new StringBuilder();
            for (Part part : request.getParts()) {
                sizes.append(part.getName()).append('=').append(part.getSize()).append(' ');
            }
            response.getWriter().print(sizes.toString().strip());
        } catch (RuntimeException | ServletException | IOException e) {
            response.setStatus(413);
            response.getWriter().print(isLimit(e) ? "too large for the handler" : e.toString());
        }
    }

    private static boolean isLimit(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.toString().toLowerCase(Locale.ROOT).contains("exceed")) {
                return true;
            }
        }
        return false;
    }

    private static void fail(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Map.of(
                        "Content-Encoding", "gzip",
                        "Content-Disposition", "attachment; filename=report.pdf",
                        "Content-Language", "ru",
                        "ETag", "\"1\"",
                        "Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT",
                        "Expires", "Thu, 01 Jan 2099 00:00:00 GMT",
                        "Cache-Control", "public, max-age=3600",
                        "Access-Control-Allow-Origin", "https://app.example.com")
                .forEach(response::setHeader);
        DeniedException denied = new DeniedException(Denial.notFound());
        switch (request.getParameter("how")) {
            case "plain" -> throw denied;
            case "runtime" -> throw new RuntimeException(denied);
            case "io" -> throw new IOException(denied);
            case "completion" -> throw new CompletionException(denied);
            case "undeclared" -> throw new UndeclaredThrowableException(denied);
            case "servlet" -> throw new ServletException(new IllegalStateException(denied));
            case "store" -> throw new IOException(new IllegalStateException(new StoreException("down")));
            default -> throw new IllegalArgumentException("how");
        }
    }

    private static void vary(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Vary", "Accept-Encoding");
        if (request.getParameter("reset") != null) {
            response.reset();
        }
        response.getWriter().print("varies");
    }

    private static void servletApi(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            switch (request.getParameter("call")) {
                case "authenticate" -> {
                    if (request.authenticate(response)) {
                        response.getWriter().print("authenticated");
                    }
                }
                case "login" -> request.login("ann", PASSWORD);
                case "logout" -> request.logout();
                default -> throw new IllegalArgumentException("call");
            }
        } catch (ServletException e) {
            response.getWriter().print(e.getMessage());
        }
    }
}
