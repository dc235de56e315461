package io.postern.auth.servlet;

import io.postern.Postern;
import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Denial;
import io.postern.auth.Verdict;
import io.postern.auth.endpoint.EndpointRequest;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Serves the endpoints of the application's {@code Postern}: tokens, JWTs, session login and logout, CSRF cookie.
 *
 * <pre>{@code
 * servletContext.addServlet("auth", new AuthEndpointsServlet(postern)).addMapping("/auth/*");
 * }</pre>
 *
 * Each endpoint has a policy of its own, so {@link AuthFilter} lets requests to this servlet through, by its class and
 * whatever its path. It works without the filter too. In a {@code web.xml}, name this class and have a listener put the
 * {@code Postern} under {@link AuthFilter#POSTERN_ATTRIBUTE}.
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

    /**
     * Creates a servlet.
     *
     * @param postern the application's settings
     */
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
        StartChecks.requireRoom(getServletConfig(), ready.endpoints().paths());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Postern ready = postern;
        if (ready == null) {
            throw new ServletException("AuthEndpointsServlet has no Postern; have the container call init");
        }
        ResponseWriter.write(request, response, answer(ready, request));
    }

    private static AuthResponse answer(Postern postern, HttpServletRequest request) {
        try {
            AuthRequest adapted = new ServletAuthRequest(request);
            Optional<Denial> refused = refuseUnread(postern, request, adapted);
            return refused.isPresent() ? postern.response(refused.get()) : handle(postern, request, adapted);
        } catch (RuntimeException | Error e) {
            return postern.response(Failures.denial(request, e));
        }
    }

    private static Optional<Denial> refuseUnread(Postern postern, HttpServletRequest request, AuthRequest adapted) {
        if (postern.isAmbiguous(adapted)
                && postern.gate().check(adapted, postern.policyFor(adapted)) instanceof Verdict.Denied denied) {
            return Optional.of(denied.denial());
        }
        boolean plain = Collections.list(request.getHeaders("Content-Encoding")).stream()
                .allMatch(coding -> coding.strip().equalsIgnoreCase("identity"));
        if (!plain) {
            return Optional.of(Denial.of(415, "Content-Encoding is not supported.", "unsupported_media_type"));
        }
        return request.getContentLengthLong() > postern.maxBody() ? Optional.of(tooLarge()) : Optional.empty();
    }

    private static AuthResponse handle(Postern postern, HttpServletRequest request, AuthRequest adapted) {
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(postern.maxBody() + 1);
        } catch (IOException | RuntimeException e) {
            // Cut off, or framed in a way that the container cannot read.
            return postern.response(Denial.of(400, "The request body cannot be read.", "parse_error"));
        }
        return body.length > postern.maxBody()
                ? postern.response(tooLarge())
                : postern.endpoints().handle(new EndpointRequest(adapted, path(request), body));
    }

    /** Below a mapping such as {@code /auth/*} the path starts after {@code /auth}. */
    private static String path(HttpServletRequest request) {
        boolean prefixed = request.getHttpServletMapping().getMappingMatch() == MappingMatch.PATH;
        String info = request.getPathInfo() == null ? "" : request.getPathInfo();
        String path = prefixed ? info : request.getServletPath() + info;
        return path.isEmpty() ? "/" : path;
    }

    private static Denial tooLarge() {
        return Denial.of(413, "Request body is too large.", "too_large");
    }
}
