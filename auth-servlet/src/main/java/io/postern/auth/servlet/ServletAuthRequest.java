package io.postern.auth.servlet;

import io.postern.Postern;
import io.postern.auth.AuthRequest;
import io.postern.auth.SessionHandle;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A servlet request as the core sees it, for handlers that call a service of the core themselves.
 *
 * <pre>{@code
 * postern.sessions().login(ServletAuthRequest.of(postern, request), userId);
 * }</pre>
 *
 * The path is that of the dispatch under way when this was made. It serves one request, as {@link AuthRequest} says.
 */
public final class ServletAuthRequest implements AuthRequest {

    private final HttpServletRequest request;
    private final Target target;

    ServletAuthRequest(HttpServletRequest request) {
        this.request = request;
        this.target = Target.of(request);
    }

    /**
     * Returns a request as the gate sees it: address and TLS are those that trusted proxies tell.
     *
     * @param postern the application's settings
     * @param request the request, as the handler got it
     * @return what services of the core take
     */
    public static AuthRequest of(Postern postern, HttpServletRequest request) {
        return postern.gate().seen(new ServletAuthRequest(request));
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
    public List<String> headers(String name) {
        return Collections.list(request.getHeaders(name));
    }

    @Override
    public List<String> cookies(String name) {
        return Arrays.stream(cookies())
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .toList();
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

    /** HTTP/2 has no {@code Host}, and not every container makes one of its {@code :authority}. */
    @Override
    public Optional<String> host() {
        return header("Host").or(this::hostByContainer);
    }

    private Optional<String> hostByContainer() {
        int port = request.getServerPort();
        boolean usual = port == ("https".equalsIgnoreCase(request.getScheme()) ? 443 : 80) || port <= 0;
        return Optional.ofNullable(request.getServerName()).map(name -> usual ? name : name + ":" + port);
    }

    @Override
    public Optional<String> formField(String name) {
        return new FormFields(container(request)).last(name);
    }

    @Override
    public SessionHandle session() {
        return new HttpSessionHandle(request);
    }

    /** Asks the container's own request: a wrapper, ours among them, may have its user from anywhere. */
    @Override
    public Optional<String> remoteUser() {
        HttpServletRequest container = container(request);
        return Optional.ofNullable(container.getUserPrincipal()).map(principal -> container.getRemoteUser());
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return Optional.of(request).filter(type::isInstance).map(type::cast);
    }

    /** A {@code Cookie} header that the container cannot read holds no cookies. */
    private Cookie[] cookies() {
        try {
            Cookie[] cookies = request.getCookies();
            return cookies == null ? new Cookie[0] : cookies;
        } catch (RuntimeException e) {
            return new Cookie[0];
        }
    }

    private static HttpServletRequest container(HttpServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return (HttpServletRequest) inner;
    }
}
