package io.postern.examples.war;

import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** For auditors, by the standard annotation. Thread-safe. */
@RolesAllowed("auditor")
public final class AuditServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Creates the servlet, as the container does. */
    public AuditServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write("an auditor: " + request.isUserInRole("auditor"));
    }
}
