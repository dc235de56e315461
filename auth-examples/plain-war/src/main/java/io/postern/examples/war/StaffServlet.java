package io.postern.examples.war;

import io.postern.auth.permission.StandardPermissions.IsAdmin;
import io.postern.auth.servlet.Permissions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** For staff users, by Postern's own annotation. Thread-safe. */
@Permissions(IsAdmin.class)
public final class StaffServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Creates the servlet, as the container does. */
    public StaffServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write("for the staff");
    }
}
