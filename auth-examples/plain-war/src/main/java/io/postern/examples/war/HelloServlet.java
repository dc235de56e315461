package io.postern.examples.war;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Greets the authenticated user; the default policy requires one. Thread-safe. */
public final class HelloServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Creates the servlet, as the container does. */
    public HelloServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write("hello " + request.getRemoteUser() + ", known by " + request.getAuthType());
    }
}
