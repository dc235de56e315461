package io.postern.auth.servlet;

import io.postern.Postern;
import io.postern.auth.AuthRequest;
import io.postern.auth.SessionHandle;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    private static final String AUTHORIZATION = "Authorization";
    private static final Cookie[] NO_COOKIES = {};

    private final HttpServletRequest request;
    private final Target target;
    private final boolean consuming;

    /** Few requests have a token in a form. */
    private @Nullable TokenForm form;

    /** Framing and each authenticator read it, so it is looked up once. */
    private @Nullable List<String> authorization;

    /** Creates a request whose body is left to the container. */
    ServletAuthRequest(HttpServletRequest request) {
        this(request, Target.of(request), false);
    }

    /** Creates a request whose body may be read, so the handler must get {@link #forHandler}. */
    ServletAuthRequest(HttpServletRequest request, Target target) {
        this(request, target, true);
    }

    private ServletAuthRequest(HttpServletRequest request, Target target, boolean consuming) {
        this.request = request;
        this.target = target;
        this.consuming = consuming;
    }

    /** Returns the request for the handler, with its body as if it had not been read for a CSRF token. */
    HttpServletRequest forHandler() {
        TokenForm read = form;
        return read == null ? request : read.forHandler();
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
        if (!name.equals(AUTHORIZATION)) {
            return read(name);
        }
        List<String> known = authorization;
        if (known == null) {
            known = read(name);
            authorization = known;
        }
        return known;
    }

    /** Almost every header has one value, or none. */
    private List<String> read(String name) {
        Enumeration<String> values = request.getHeaders(name);
        if (!values.hasMoreElements()) {
            return List.of();
        }
        String first = values.nextElement();
        if (!values.hasMoreElements()) {
            return List.of(first);
        }
        List<String> all = new ArrayList<>();
        all.add(first);
        while (values.hasMoreElements()) {
            all.add(values.nextElement());
        }
        return all;
    }

    @Override
    public List<String> cookies(String name) {
        List<String> values = new ArrayList<>();
        for (Cookie cookie : cookies(request)) {
            if (cookie.getName().equals(name)) {
                values.add(cookie.getValue());
            }
        }
        return values;
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
        TokenForm read = form;
        if (read == null) {
            read = new TokenForm(request, consuming);
            form = read;
        }
        return read.last(name);
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

    /** Returns the value of the only cookie of a name; null if there is none, or more than one. */
    static @Nullable String onlyCookie(HttpServletRequest request, String name) {
        String only = null;
        for (Cookie cookie : cookies(request)) {
            if (cookie.getName().equals(name)) {
                if (only != null) {
                    return null;
                }
                only = cookie.getValue();
            }
        }
        return only;
    }

    /** A {@code Cookie} header that the container cannot parse has no cookies. */
    private static Cookie[] cookies(HttpServletRequest request) {
        try {
            Cookie[] cookies = request.getCookies();
            return cookies == null ? NO_COOKIES : cookies;
        } catch (RuntimeException e) {
            return NO_COOKIES;
        }
    }

    static HttpServletRequest container(HttpServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return (HttpServletRequest) inner;
    }
}
