package io.postern.auth.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.MappingMatch;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request of which measurements see little: fields, one map of attributes and one of headers. It can be used again, and
 * throws from every method that is not overridden.
 */
final class LeanRequest extends HttpServletRequestWrapper implements HttpServletMapping {

    private final String path;
    private final ServletContext context = LeanContext.INSTANCE;
    private final Map<String, List<String>> headers = new HashMap<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private Cookie @Nullable [] cookies;
    private @Nullable HttpSession session;
    private String requestedSession = "";

    LeanRequest(String path) {
        super(LeanContext.unsupported(HttpServletRequest.class));
        this.path = path;
    }

    LeanRequest withHeader(String name, String value) {
        headers.put(name, List.of(value));
        return this;
    }

    LeanRequest withSession(HttpSession value) {
        session = value;
        requestedSession = value.getId();
        cookies = new Cookie[] {new Cookie("theme", "dark"), new Cookie("JSESSIONID", value.getId())};
        return this;
    }

    @Override
    public String getMethod() {
        return "GET";
    }

    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }

    @Override
    public String getContextPath() {
        return "";
    }

    @Override
    public String getServletPath() {
        return path;
    }

    @Override
    public @Nullable String getPathInfo() {
        return null;
    }

    @Override
    public String getRequestURI() {
        return path;
    }

    @Override
    public HttpServletMapping getHttpServletMapping() {
        return this;
    }

    @Override
    public String getServletName() {
        return "notes";
    }

    @Override
    public String getMatchValue() {
        return path;
    }

    @Override
    public String getPattern() {
        return path;
    }

    @Override
    public MappingMatch getMappingMatch() {
        return MappingMatch.EXACT;
    }

    @Override
    public ServletContext getServletContext() {
        return context;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        List<String> values = headers.get(name);
        return values == null ? Collections.emptyEnumeration() : Collections.enumeration(values);
    }

    @Override
    public @Nullable String getHeader(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        return cookies;
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        return session;
    }

    @Override
    public String getRequestedSessionId() {
        return requestedSession;
    }

    @Override
    public boolean isRequestedSessionIdFromURL() {
        return false;
    }

    @Override
    public String getRemoteAddr() {
        return "192.0.2.7";
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public boolean isAsyncStarted() {
        return false;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        attributes.put(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }
}
