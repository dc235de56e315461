package io.postern.auth.servlet;

import io.postern.auth.Authentication;
import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import io.postern.auth.StoreException;
import io.postern.auth.permission.StandardPermissions;
import io.postern.auth.permission.StandardPermissions.AllowAny;
import io.postern.auth.permission.StandardPermissions.IsAdmin;
import io.postern.auth.permission.StandardPermissions.IsAuthenticated;
import io.postern.auth.permission.StandardPermissions.IsReadOnly;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.HttpMethodConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.ServletSecurity.EmptyRoleSemantic;
import jakarta.servlet.annotation.ServletSecurity.TransportGuarantee;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The handlers of the application under test. */
final class TestServlets {

    static final String MARKER = "PROTECTED-MARKER";

    private TestServlets() {}

    /** Prints the caller, as the servlet API and as Postern return it. */
    static class WhoAmI extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            Authentication known = AuthFilter.authentication(request);
            String principal = request.getUserPrincipal() == null
                    ? "null"
                    : request.getUserPrincipal().getName();
            response.getWriter()
                    .print("%s %s principal=%s remote=%s type=%s editor=%s Editor=%s any=%s known=%s "
                            .formatted(
                                    MARKER,
                                    request.getDispatcherType(),
                                    principal,
                                    request.getRemoteUser(),
                                    request.getAuthType(),
                                    request.isUserInRole("editor"),
                                    request.isUserInRole("Editor"),
                                    request.isUserInRole("**"),
                                    known.user().username()));
        }
    }

    /** A container that refuses to read cookies. */
    static final class TornCookies extends HttpServletRequestWrapper {
        TornCookies(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Cookie[] getCookies() {
            throw new IllegalArgumentException("torn");
        }
    }

    @FunctionalInterface
    interface Handler {
        void handle(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    static final class Lambda extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient Handler handler;

        Lambda(Handler handler) {
            this.handler = handler;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            handler.handle(request, response);
        }
    }

    /** It has what it inherits, which includes {@code doTrace}. */
    static final class Plain extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }

    @Permissions(IsAdmin.class)
    static final class AdminsOnly extends WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    @Permissions(IsReadOnly.class)
    static final class ReadOnly extends WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    @Permissions({AllowAny.class, StandardPermissions.DenyAll.class})
    static final class Closed extends WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    @Permissions(IsAuthenticated.class)
    @Authenticators(CookieAuthenticator.class)
    static class CookiesOnly extends WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    static final class InheritsCookiesOnly extends CookiesOnly {
        private static final long serialVersionUID = 1L;
    }

    @RolesAllowed("of-alice")
    static final class AliceOnly extends WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    @RolesAllowed("of-alice")
    static class OfAlice extends WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    /** As a framework generates one at run time. */
    static class SubclassOfAlice extends OfAlice {
        private static final long serialVersionUID = 1L;
    }

    @PermitAll
    static final class OpenedAgain extends SubclassOfAlice {
        private static final long serialVersionUID = 1L;
    }

    @RolesAllowed({})
    static final class NoRole extends WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    @RolesAllowed("**")
    static final class AnyUser extends WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    @PermitAll
    static final class Anyone extends WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    @DenyAll
    static final class NoCaller extends WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    @Permissions(AllowAny.class)
    @RolesAllowed("of-alice")
    static final class BothKinds extends WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    @ServletSecurity(
            value = @HttpConstraint(EmptyRoleSemantic.DENY),
            httpMethodConstraints = {
                @HttpMethodConstraint(value = "GET", rolesAllowed = "editor"),
                @HttpMethodConstraint("OPTIONS"),
                @HttpMethodConstraint(value = "PUT", transportGuarantee = TransportGuarantee.CONFIDENTIAL)
            })
    static final class Constrained extends WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    @ServletSecurity(httpMethodConstraints = @HttpMethodConstraint(value = "GET", rolesAllowed = "editor"))
    static final class ReadersNamed extends WhoAmI {
        private static final long serialVersionUID = 1L;
    }

    static final Map<String, Handler> HANDLERS = Map.ofEntries(
            Map.entry(
                    "/public/ping", (request, response) -> response.getWriter().print("pong")),
            Map.entry("/public/forward", TestServlets::forward),
            Map.entry("/public/include", TestServlets::include),
            Map.entry("/public/async-dispatch", TestServlets::asyncDispatch),
            Map.entry("/api/async-work", TestServlets::asyncWork),
            Map.entry(
                    "/public/error",
                    (request, response) -> response.sendError(Integer.parseInt(request.getParameter("status")))),
            Map.entry("/hollow/error", (request, response) -> response.sendError(409)),
            Map.entry("/once/async-dispatch", TestServlets::asyncDispatch),
            Map.entry("/public/throws", (request, response) -> {
                throw new ServletException("an internal detail");
            }),
            Map.entry(
                    "/public/oops",
                    (request, response) -> response.getWriter()
                            .print("public page for " + request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE))),
            Map.entry("/public/denies", TestServlets::denies),
            Map.entry("/owned/things", (request, response) -> {
                ObjectPermissions.check(request, request.getParameter("owner"));
                response.getWriter().print(MARKER);
            }),
            Map.entry("/throttled/forward", TestServlets::forward),
            Map.entry(
                    "/throttled/page",
                    (request, response) -> response.getWriter().print("page")),
            Map.entry(
                    "/public/login",
                    (request, response) -> new ServletAuthRequest(request)
                            .session()
                            .renew(Map.of(SessionUserAuthenticator.USER, request.getParameter("name")))),
            Map.entry(
                    "/public/logout",
                    (request, response) ->
                            new ServletAuthRequest(request).session().invalidate()),
            Map.entry(
                    "/public/visit", (request, response) -> request.getSession().setAttribute("seen", "yes")),
            Map.entry(
                    "/public/seen",
                    (request, response) ->
                            response.getWriter().print(request.getSession().getAttribute("seen"))),
            Map.entry(
                    "/public/field",
                    (request, response) -> response.getWriter()
                            .print(new ServletAuthRequest(request, Target.of(request))
                                    .formField("csrf")
                                    .orElse("none"))),
            Map.entry(
                    "/public/torn-cookies",
                    (request, response) ->
                            response.getWriter().print(new ServletAuthRequest(new TornCookies(request)).cookies("c"))),
            Map.entry("/public/facts", (request, response) -> {
                ServletAuthRequest seen = new ServletAuthRequest(request);
                response.getWriter()
                        .print(List.of(
                                seen.path(),
                                seen.rawPath(),
                                seen.headers("X-Many"),
                                seen.cookies("c"),
                                seen.remoteAddress(),
                                seen.isSecure(),
                                seen.remoteUser()));
            }));

    private static void forward(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.getWriter().print("dropped");
        request.getRequestDispatcher(request.getParameter("to")).forward(request, response);
    }

    private static void include(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.getWriter().print("<before>");
        if (request.getParameter("flush") != null) {
            response.flushBuffer();
        }
        request.getRequestDispatcher(request.getParameter("to")).include(request, response);
        response.getWriter()
                .print("<after " + AuthFilter.authentication(request).user().username() + ">");
    }

    private static void asyncDispatch(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            response.getWriter().print("resumed " + request.getRemoteUser());
            return;
        }
        AsyncContext async = request.startAsync();
        String to = request.getParameter("to");
        new Thread(() -> {
                    if (to == null) {
                        async.dispatch();
                    } else {
                        async.dispatch(to);
                    }
                })
                .start();
    }

    private static void asyncWork(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync(request, response);
        new Thread(() -> work(async)).start();
    }

    private static void work(AsyncContext async) {
        try {
            HttpServletRequest request = (HttpServletRequest) async.getRequest();
            String name = AuthFilter.authentication(request).user().username();
            async.getResponse().getWriter().print("worked for " + name + " as " + request.getRemoteUser());
            async.complete();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void denies(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.getWriter().print("half a page");
        switch (request.getParameter("how")) {
            case "403" -> throw new DeniedException(Denial.permissionDenied("Not today.", "not_today"));
            case "401" -> throw new DeniedException(Denial.notAuthenticated());
            case "cyrillic" ->
                throw new DeniedException(Denial.permissionDenied("\u041d\u0435\u0442 \ud83d\ude42", "no"));
            case "wrapped" ->
                throw new ServletException(
                        "outer", new ServletException(new DeniedException(Denial.permissionDenied("Not today.", "x"))));
            case "store" -> throw new StoreException("the database is away");
            case "async" -> {
                request.startAsync().setTimeout(60_000);
                throw new DeniedException(Denial.permissionDenied("Not today.", "not_today"));
            }
            default -> throw new IllegalArgumentException("how");
        }
    }
}
