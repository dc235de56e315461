package io.postern.auth.servlet;

import io.postern.auth.SessionHandle;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The container's session, if exactly one cookie of exactly its name identified it. An id in the URL is ignored, because
 * links get shared; two cookies indicate an injected one; and some containers accept the name in another case, or fall back
 * to the URL when the id in the cookie is stale.
 */
record HttpSessionHandle(HttpServletRequest request) implements SessionHandle {

    private static final String SERVLET_DEFAULT = "JSESSIONID";

    @Override
    public Optional<String> attribute(String name) {
        HttpSession session = request.getSession(false);
        try {
            return session != null && isOurs(session) && session.getAttribute(name) instanceof String value
                    ? Optional.of(value)
                    : Optional.empty();
        } catch (IllegalStateException e) {
            // Invalidated by a concurrent request.
            return Optional.empty();
        }
    }

    private boolean isOurs(HttpSession session) {
        List<String> cookies = cookiesOfSession();
        return session.isNew() || (cookies.size() == 1 && identifies(cookies.get(0), request.getRequestedSessionId()));
    }

    /** Some containers append the node to the id, or prefix a count, and omit both from the requested id. */
    private static boolean identifies(String cookie, @Nullable String requested) {
        return requested != null && !requested.isEmpty() && cookie.contains(requested);
    }

    private List<String> cookiesOfSession() {
        String configured = request.getServletContext().getSessionCookieConfig().getName();
        return ServletAuthRequest.cookies(request, configured == null ? SERVLET_DEFAULT : configured);
    }

    @Override
    public void renew(Map<String, String> attributes) {
        try {
            HttpSession planted = request.getSession(false);
            if (planted != null && !isOurs(planted)) {
                planted.invalidate();
            }
            change(attributes);
        } catch (IllegalStateException e) {
            // Invalidated by a concurrent request: no session is left to renew.
            change(attributes);
        }
    }

    private void change(Map<String, String> attributes) {
        HttpSession session = request.getSession(true);
        // Containers may give a new session the id that the client requested, if another application has it.
        if (!session.isNew() || session.getId().equals(request.getRequestedSessionId())) {
            request.changeSessionId();
        }
        attributes.forEach(session::setAttribute);
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
