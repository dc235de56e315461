package io.postern.auth.servlet;

import io.postern.Postern;
import io.postern.auth.AuthResponse;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Serves the endpoints of the application's {@code Postern}: tokens, JWTs, session login and logout, CSRF cookie.
 *
 * <pre>{@code
 * servletContext.addServlet("auth", new AuthEndpointsServlet(postern)).addMapping("/auth/*");
 * }</pre>
 *
 * Each endpoint has a policy of its own, so {@link AuthFilter} passes requests to this servlet through, by its class and
 * regardless of the path. It works without the filter too. In a {@code web.xml}, name this class and let a listener set the
 * {@code Postern} as attribute {@link AuthFilter#POSTERN_ATTRIBUTE}.
 *
 * <p>Safe for use by several threads.
 */
public final class AuthEndpointsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private transient volatile @Nullable Postern postern;

    /** Creates a servlet that finds its {@code Postern} in the servlet context, for {@code web.xml}. */
    public AuthEndpointsServlet() {
        this.postern = null;
    }

    /** Creates a servlet. */
    public AuthEndpointsServlet(Postern postern) {
        this.postern = Objects.requireNonNull(postern, "postern");
    }

    @Override
    public void init() throws ServletException {
        Postern ready = postern;
        if (ready == null) {
            ready = PosternLookup.in(getServletContext());
            postern = ready;
        }
        StartChecks.requireReachable(getServletConfig(), ready.endpoints().paths());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Postern ready = postern;
        if (ready == null) {
            throw new ServletException("AuthEndpointsServlet has no Postern; have the container call init");
        }
        AuthResponse result =
                ready.guard().endpoint(new ServletAuthRequest(request), path(request), new EndpointBody(request));
        ResponseWriter.write(request, response, result);
    }

    /** Below a mapping such as {@code /auth/*} the path starts after {@code /auth}. */
    private static String path(HttpServletRequest request) {
        boolean prefixed = request.getHttpServletMapping().getMappingMatch() == MappingMatch.PATH;
        String info = request.getPathInfo() == null ? "" : request.getPathInfo();
        String path = prefixed ? info : request.getServletPath() + info;
        return path.isEmpty() ? "/" : path;
    }
}
