package io.postern.benchmarks.stub;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A GET with a host and a credential, and nothing that costs more than in a container. It serves one thread. */
public final class StubRequest extends HttpServletRequestWrapper {

    /** The path of every request. */
    public static final String PATH = "/api/things";

    private static final HttpServletRequest UNSUPPORTED = Unsupported.of(HttpServletRequest.class);
    private static final String HOST = "api.example";

    private final String path;
    private final Credential credential;
    private @Nullable HttpSession session;
    private Object[] attributes = {};
    private int attributeCount;

    /** Creates a request of the usual path. */
    public StubRequest(Credential credential) {
        this(credential, PATH);
    }

    /** Creates a request. */
    public StubRequest(Credential credential, String path) {
        super(UNSUPPORTED);
        this.credential = credential;
        this.path = path;
        this.session = credential.session();
    }

    @Override
    public String getMethod() {
        return "GET";
    }

    @Override
    public String getRequestURI() {
        return path;
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer("https://" + HOST + path);
    }

    @Override
    public String getContextPath() {
        return "";
    }

    @Override
    public String getServletPath() {
        return "";
    }

    @Override
    public String getPathInfo() {
        return path;
    }

    @Override
    public @Nullable String getPathTranslated() {
        return null;
    }

    @Override
    public @Nullable String getQueryString() {
        return null;
    }

    @Override
    public HttpServletMapping getHttpServletMapping() {
        return StubContext.MAPPING;
    }

    @Override
    public ServletContext getServletContext() {
        return StubContext.CONTEXT;
    }

    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }

    @Override
    public boolean isAsyncStarted() {
        return false;
    }

    @Override
    public @Nullable String getHeader(String name) {
        if (name.equalsIgnoreCase("Authorization")) {
            return credential.authorization();
        }
        return name.equalsIgnoreCase("Host") ? HOST : null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        String value = getHeader(name);
        return value == null ? Collections.emptyEnumeration() : new One(value);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(
                credential.authorization() == null ? List.of("Host") : List.of("Host", "Authorization"));
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        Cookie cookie = credential.cookie();
        return cookie == null ? null : new Cookie[] {cookie};
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        Cookie cookie = credential.cookie();
        return cookie != null && cookie.getName().equals(StubSession.COOKIE) ? cookie.getValue() : null;
    }

    @Override
    public boolean isRequestedSessionIdFromURL() {
        return false;
    }

    @Override
    public boolean isRequestedSessionIdFromCookie() {
        return getRequestedSessionId() != null;
    }

    @Override
    public boolean isRequestedSessionIdValid() {
        return session != null;
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        return create ? getSession() : session;
    }

    @Override
    public HttpSession getSession() {
        HttpSession found = session;
        if (found == null) {
            found = new StubSession();
            session = found;
        }
        return found;
    }

    @Override
    public String changeSessionId() {
        StubSession changed = (StubSession) getSession();
        changed.changeId();
        return changed.getId();
    }

    @Override
    public String getRemoteAddr() {
        return "127.0.0.1";
    }

    @Override
    public String getRemoteHost() {
        return "127.0.0.1";
    }

    @Override
    public String getScheme() {
        return "https";
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public String getServerName() {
        return HOST;
    }

    @Override
    public int getServerPort() {
        return 443;
    }

    @Override
    public Locale getLocale() {
        return Locale.ENGLISH;
    }

    @Override
    public Enumeration<Locale> getLocales() {
        return Collections.enumeration(List.of(Locale.ENGLISH));
    }

    @Override
    public @Nullable String getContentType() {
        return null;
    }

    @Override
    public @Nullable String getCharacterEncoding() {
        return null;
    }

    @Override
    public int getContentLength() {
        return -1;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return null;
    }

    @Override
    public @Nullable String getRemoteUser() {
        return null;
    }

    @Override
    public @Nullable String getParameter(String name) {
        return null;
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return null;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Map.of();
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        for (int i = 0; i < attributeCount; i += 2) {
            if (attributes[i].equals(name)) {
                return attributes[i + 1];
            }
        }
        return null;
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        throw new UnsupportedOperationException("getAttributeNames");
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            removeAttribute(name);
            return;
        }
        for (int i = 0; i < attributeCount; i += 2) {
            if (attributes[i].equals(name)) {
                attributes[i + 1] = value;
                return;
            }
        }
        if (attributeCount == attributes.length) {
            attributes = Arrays.copyOf(attributes, attributeCount + 8);
        }
        attributes[attributeCount] = name;
        attributes[attributeCount + 1] = value;
        attributeCount += 2;
    }

    @Override
    public void removeAttribute(String name) {
        for (int i = 0; i < attributeCount; i += 2) {
            if (attributes[i].equals(name)) {
                attributeCount -= 2;
                attributes[i] = attributes[attributeCount];
                attributes[i + 1] = attributes[attributeCount + 1];
                return;
            }
        }
    }
}
