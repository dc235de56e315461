package io.postern.auth.servlet;

import io.postern.Postern;
import io.postern.auth.AuthRequest;
import io.postern.auth.SessionHandle;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Adapts a servlet request for handlers that call a service of the core themselves.
 *
 * <pre>{@code
 * LoginAttempt attempt = flow.attempt(ServletAuthRequest.of(postern, request), "magic-link");
 * }</pre>
 *
 * The path is that of the dispatch during which this was created. It serves one request, see {@link AuthRequest}.
 */
public final class ServletAuthRequest implements AuthRequest {

    private final HttpServletRequest request;
    private final Target target;
    private final TokenForm form;

    /** Creates a request whose body is left to the container. */
    ServletAuthRequest(HttpServletRequest request) {
        this(request, Target.of(request), new TokenForm(request, false));
    }

    /** Creates a request whose body may be read, so the handler must get {@link #forHandler}. */
    ServletAuthRequest(HttpServletRequest request, Target target) {
        this(request, target, new TokenForm(request, true));
    }

    private ServletAuthRequest(HttpServletRequest request, Target target, TokenForm form) {
        this.request = request;
        this.target = target;
        this.form = form;
    }

    /** Returns the request for the handler, with its body as if it had not been read for a CSRF token. */
    HttpServletRequest forHandler() {
        return form.forHandler();
    }

    /**
     * Returns a request with the client's address and scheme as trusted proxies report them.
     *
     * @param request the request, as the handler received it
     */
    public static AuthRequest of(Postern postern, HttpServletRequest request) {
        return postern.guard().resolveClient(new ServletAuthRequest(request));
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        return target.path();
    }

    @Override
    public String rawPath() {
        return target.rawPath();
    }

    @Override
    public String query() {
        String query = request.getQueryString();
        return query == null ? "" : query;
    }

    @Override
    public List<String> headers(String name) {
        return Collections.list(request.getHeaders(name));
    }

    @Override
    public List<String> cookies(String name) {
        return cookies(request, name);
    }

    @Override
    public String remoteAddress() {
        String address = request.getRemoteAddr();
        return address == null ? "" : address;
    }

    @Override
    public boolean isSecure() {
        return request.isSecure();
    }

    /** HTTP/2 has no {@code Host}, and not every container derives one from {@code :authority}. */
    @Override
    public Optional<String> host() {
        return header("Host").or(this::hostByContainer);
    }

    private Optional<String> hostByContainer() {
        int port = request.getServerPort();
        boolean isDefault = port == ("https".equalsIgnoreCase(request.getScheme()) ? 443 : 80) || port <= 0;
        return Optional.ofNullable(request.getServerName()).map(name -> isDefault ? name : name + ":" + port);
    }

    @Override
    public Optional<String> formField(String name) {
        return form.last(name);
    }

    @Override
    public SessionHandle session() {
        // Jetty returns null if sessions are disabled.
        boolean enabled = request.getServletContext().getSessionCookieConfig() != null;
        return enabled ? new HttpSessionHandle(request) : SessionHandle.none();
    }

    /** Reads the container's own request: a wrapper, such as ours, may have its user from any source. */
    @Override
    public Optional<String> remoteUser() {
        HttpServletRequest container = container(request);
        return Optional.ofNullable(container.getUserPrincipal()).map(principal -> container.getRemoteUser());
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return Optional.of(request).filter(type::isInstance).map(type::cast);
    }

    /** A {@code Cookie} header that the container cannot parse has no cookies. */
    static List<String> cookies(HttpServletRequest request, String name) {
        Cookie[] cookies;
        try {
            cookies = request.getCookies();
        } catch (RuntimeException e) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
            if (cookie.getName().equals(name)) {
                values.add(cookie.getValue());
            }
        }
        return values;
    }

    static HttpServletRequest container(HttpServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return (HttpServletRequest) inner;
    }
}
