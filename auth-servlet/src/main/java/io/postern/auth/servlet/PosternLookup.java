package io.postern.auth.servlet;

import io.postern.Postern;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;

/** Finds the {@code Postern} for a filter or servlet that the container creates by name. */
final class PosternLookup {

    private PosternLookup() {}

    static Postern in(ServletContext context) throws ServletException {
        if (context.getAttribute(AuthFilter.POSTERN_ATTRIBUTE) instanceof Postern found) {
            return found;
        }
        throw new ServletException("no Postern in the servlet context: set one as attribute \""
                + AuthFilter.POSTERN_ATTRIBUTE + "\" in a ServletContextListener, or pass it to the constructor");
    }
}
