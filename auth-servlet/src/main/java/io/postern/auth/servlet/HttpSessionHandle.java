package io.postern.auth.servlet;

import io.postern.auth.SessionHandle;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import java.util.Optional;

/** The container's session. One that was named in the URL proves nothing: links with ids get shared. */
record HttpSessionHandle(HttpServletRequest request) implements SessionHandle {

    @Override
    public Optional<String> attribute(String name) {
        HttpSession session = request.isRequestedSessionIdFromURL() ? null : request.getSession(false);
        try {
            return session != null && session.getAttribute(name) instanceof String text
                    ? Optional.of(text)
                    : Optional.empty();
        } catch (IllegalStateException e) {
            // Ended by a parallel request.
            return Optional.empty();
        }
    }

    @Override
    public void start(Map<String, String> attributes) {
        if (request.isRequestedSessionIdFromURL()) {
            end();
        }
        try {
            renew(attributes);
        } catch (IllegalStateException e) {
            // Ended by a parallel request: there is nothing left to renew.
            renew(attributes);
        }
    }

    private void renew(Map<String, String> attributes) {
        HttpSession session = request.getSession(true);
        // Containers may give a new session the id that the client asked for, if another application knows it.
        if (!session.isNew() || session.getId().equals(request.getRequestedSessionId())) {
            request.changeSessionId();
        }
        attributes.forEach(session::setAttribute);
    }

    @Override
    public void end() {
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
