package io.postern.auth.servlet;

import io.postern.auth.SessionHandle;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The container's session, if one cookie of exactly its name named it. An id in the URL proves nothing, because links get
 * shared; two cookies are an attempt to slip one in; and some containers take a name in another case for theirs, or go on to
 * the URL when the id in the cookie is stale.
 */
record HttpSessionHandle(HttpServletRequest request) implements SessionHandle {

    private static final String SERVLET_DEFAULT = "JSESSIONID";

    @Override
    public Optional<String> attribute(String name) {
        HttpSession session = request.getSession(false);
        try {
            return session != null && isOurs(session) && session.getAttribute(name) instanceof String text
                    ? Optional.of(text)
                    : Optional.empty();
        } catch (IllegalStateException e) {
            // Ended by a parallel request.
            return Optional.empty();
        }
    }

    private boolean isOurs(HttpSession session) {
        List<String> cookies = cookiesOfSession();
        return session.isNew() || (cookies.size() == 1 && names(cookies.get(0), request.getRequestedSessionId()));
    }

    /** Some containers write the node behind the id, or a count before it, and leave both out of what was requested. */
    private static boolean names(String cookie, @Nullable String requested) {
        return requested != null && !requested.isEmpty() && cookie.contains(requested);
    }

    private List<String> cookiesOfSession() {
        String configured = request.getServletContext().getSessionCookieConfig().getName();
        return new ServletAuthRequest(request).cookies(configured == null ? SERVLET_DEFAULT : configured);
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
            // Ended by a parallel request: there is nothing left to renew.
            change(attributes);
        }
    }

    private void change(Map<String, String> attributes) {
        HttpSession session = request.getSession(true);
        // Containers may give a new session the id that the client asked for, if another application knows it.
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
            // Ended by a parallel request: that is what was asked for.
        }
    }
}
