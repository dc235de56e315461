package io.postern.examples.war;

import io.postern.auth.permission.IsAdmin;
import io.postern.auth.servlet.Permissions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Is for members of the staff, as Postern's own annotation says. Safe for use by several threads. */
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
