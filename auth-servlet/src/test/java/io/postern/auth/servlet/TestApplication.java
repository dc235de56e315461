package io.postern.auth.servlet;

import io.postern.Postern;
import io.postern.auth.testkit.server.TestServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One application, deployed twice: at the root by constructor, and at /ctx as a web.xml would have it. */
final class TestApplication {

    final HeaderAuthenticator headers = new HeaderAuthenticator();
    final AtomicInteger counted = new AtomicInteger();

    TestServer start(TestServer.Starter starter) throws Exception {
        Postern postern = TestPostern.with(counted, headers, new CookieAuthenticator(), new SessionUserAuthenticator());
        Map<Integer, String> errorPages = Map.of(
                418, "/public/oops", 423, "/throttled/page", 409, "/api/oops", 404, "/api/oops", 500, "/api/oops");
        return starter.start(
                new TestServer.Application(
                        "",
                        context -> {
                            SessionCookies.safe().overPlainHttp().harden(context);
                            AuthFilter.register(context, postern);
                            servlets(context, new AuthEndpointsServlet(postern));
                        },
                        errorPages),
                new TestServer.Application(
                        "/ctx",
                        context -> {
                            context.setAttribute(AuthFilter.POSTERN_ATTRIBUTE, postern);
                            map(context.addFilter("auth", AuthFilter.class));
                            servlets(context, new AuthEndpointsServlet());
                        },
                        errorPages));
    }

    private static void map(FilterRegistration.Dynamic filter) {
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    private static void servlets(ServletContext context, AuthEndpointsServlet endpoints) {
        TestServlets.HANDLERS.forEach((path, handler) -> add(context, path, new TestServlets.Lambda(handler)));
        add(context, "/api/*", new TestServlets.WhoAmI());
        add(context, "/public/tell", new TestServlets.WhoAmI());
        add(context, "/hollow/tell", new TestServlets.WhoAmI());
        add(context, "/admin/*", new TestServlets.WhoAmI());
        add(context, "/marked/admins", new TestServlets.AdminsOnly());
        add(context, "/marked/read-only", new TestServlets.ReadOnly());
        add(context, "/marked/closed", new TestServlets.Closed());
        add(context, "/marked/cookies", new TestServlets.CookiesOnly());
        add(context, "/marked/inherited", new TestServlets.InheritsCookiesOnly());
        add(context, "/marked/alice/*", new TestServlets.AliceOnly());
        add(context, "/marked/subclass", new TestServlets.SubclassOfAlice());
        add(context, "/marked/opened", new TestServlets.OpenedAgain());
        add(context, "/marked/any-user", new TestServlets.AnyUser());
        add(context, "/marked/everybody", new TestServlets.Anyone());
        add(context, "/public/plain", new TestServlets.Plain());
        add(context, "/public/nobody", new TestServlets.NoCaller());
        add(context, "/public/both", new TestServlets.BothKinds());
        add(context, "/public/constrained", new TestServlets.Constrained());
        add(context, "/public/readers", new TestServlets.ReadersNamed());
        add(context, "/throttled/marked", new TestServlets.Anyone());
        add(context, "/public/no-role", new TestServlets.NoRole());
        ServletRegistration.Dynamic parts =
                add(context, "/public/parts", new TestServlets.Lambda(TestServlets.HANDLERS.get("/public/field")));
        parts.setMultipartConfig(new MultipartConfigElement(""));
        add(context, "/auth/*", endpoints);
    }

    static ServletRegistration.Dynamic add(ServletContext context, String path, Servlet servlet) {
        ServletRegistration.Dynamic registration = context.addServlet(path, servlet);
        registration.setAsyncSupported(true);
        registration.addMapping(path);
        return registration;
    }

    static TestServer.Application withFilter(Filter filter, Servlet servlet, Optional<Postern> attribute) {
        return new TestServer.Application(
                "",
                context -> {
                    attribute.ifPresent(postern -> context.setAttribute(AuthFilter.POSTERN_ATTRIBUTE, postern));
                    map(context.addFilter("auth", filter));
                    add(context, "/api/*", servlet);
                },
                Map.of());
    }
}
