package io.postern.auth.servlet;

import io.postern.auth.SessionHandle;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The container's session. An id in the URL identifies none, because links get shared. One cookie of exactly the session
 * cookie's name identifies it; two may include an injected one, some containers accept the name in another case, and some
 * encode the id in their own way, so the session then counts only together with its CSRF cookie.
 */
record HttpSessionHandle(HttpServletRequest request) implements SessionHandle {

    private static final String SERVLET_DEFAULT = "JSESSIONID";

    @Override
    public Optional<String> attribute(String name) {
        HttpSession session = request.getSession(false);
        return session != null && isCertain(session) ? attribute(session, name) : Optional.empty();
    }

    @Override
    public Optional<String> unprovenAttribute(String name) {
        HttpSession session = request.getSession(false);
        return session != null && !isFromUrl(session) ? attribute(session, name) : Optional.empty();
    }

    private static Optional<String> attribute(HttpSession session, String name) {
        try {
            return session.getAttribute(name) instanceof String value ? Optional.of(value) : Optional.empty();
        } catch (IllegalStateException e) {
            // Invalidated by a concurrent request.
            return Optional.empty();
        }
    }

    private boolean isCertain(HttpSession session) {
        if (isNew(session)) {
            return true;
        }
        String cookie = ServletAuthRequest.onlyCookie(request, cookieName());
        return cookie != null && identifies(cookie, request.getRequestedSessionId());
    }

    private boolean isFromUrl(HttpSession session) {
        return request.isRequestedSessionIdFromURL() && !isNew(session);
    }

    private static boolean isNew(HttpSession session) {
        try {
            return session.isNew();
        } catch (IllegalStateException e) {
            // Invalidated by a concurrent request.
            return false;
        }
    }

    /** Some containers append the node to the id, or prefix a count, and omit both from the requested id. */
    private static boolean identifies(String cookie, @Nullable String requested) {
        return requested != null && !requested.isEmpty() && cookie.contains(requested);
    }

    private String cookieName() {
        String configured = request.getServletContext().getSessionCookieConfig().getName();
        return configured == null ? SERVLET_DEFAULT : configured;
    }

    @Override
    public void renew(Map<String, String> attributes) {
        Kept before = end();
        HttpSession session = request.getSession(true);
        // Containers may give a new session the id that the client requested, if another application has it.
        if (session.getId().equals(request.getRequestedSessionId())) {
            request.changeSessionId();
        }
        before.attributes().forEach(session::setAttribute);
        attributes.forEach(session::setAttribute);
        if (before.timeout() != null) {
            session.setMaxInactiveInterval(before.timeout());
        }
    }

    /** Invalidates the session, whose object a request under way may hold, and returns its state unless it was planted. */
    private Kept end() {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return Kept.NOTHING;
        }
        Kept kept = Kept.NOTHING;
        try {
            if (isCertain(session)) {
                Map<String, Object> attributes = new LinkedHashMap<>();
                for (String name : Collections.list(session.getAttributeNames())) {
                    attributes.put(name, session.getAttribute(name));
                }
                kept = new Kept(attributes, session.getMaxInactiveInterval());
            }
            session.invalidate();
        } catch (IllegalStateException e) {
            // Invalidated by a concurrent request.
        }
        return kept;
    }

    /** The state of a session that the next one takes over. */
    private record Kept(
            Map<String, Object> attributes, @Nullable Integer timeout) {
        static final Kept NOTHING = new Kept(Map.of(), null);
    }

    @Override
    public Optional<String> unrecognized(boolean requestIsSecure) {
        ServletContext context = request.getServletContext();
        if (!context.getEffectiveSessionTrackingModes().contains(SessionTrackingMode.COOKIE)) {
            return Optional.of("the container sends no session cookie: enable SessionTrackingMode.COOKIE");
        }
        return context.getSessionCookieConfig().isSecure() && !requestIsSecure
                ? Optional.of(
                        "the container's session cookie is Secure, and the request came over plain HTTP: serve TLS, or"
                                + " configure the proxy that ends it")
                : Optional.empty();
    }

    @Override
    public void invalidate() {
        HttpSession session = request.getSession(false);
        try {
            if (session != null) {
                session.invalidate();
            }
        } catch (IllegalStateException e) {
            // Invalidated by a concurrent request already.
        }
    }
}
