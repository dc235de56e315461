package io.postern.examples.todo;

import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lists the endpoints at {@code /}; other paths without a servlet are not found. */
final class IndexServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String TEXT = """
            Todo API, protected by Postern

            GET    /todos/              your todos; staff sees all
            POST   /todos/              {"title": "Buy milk", "done": false}
            GET    /todos/<id>/
            PUT    /todos/<id>/         {"title": "Buy milk", "done": true}
            PATCH  /todos/<id>/         {"done": true}
            DELETE /todos/<id>/

            Authenticate by one of
              Authorization: Basic <username:password in base64>
              Authorization: Token <token>         from POST /auth/token/
              Cookie: sessionid=<session>          from POST /auth/session/login/
              a JWT                                from POST /auth/jwt/create/
            The three endpoints accept username and password, as JSON or as a form.
            With a session, send its csrfToken as X-CSRFToken in requests that change something;
            GET /auth/csrf/ returns one, POST /auth/session/logout/ ends the session.

            JWT
            %s
            Devices logged in by JWT
            GET    /auth/jwt/devices/
            POST   /auth/jwt/devices/end/         {"id": "<id>"}
            POST   /auth/jwt/devices/end-others/
            POST   /auth/jwt/devices/end-all/
            """;

    private final String text;

    IndexServlet(TokenTransport transport) {
        this.text = TEXT.formatted(transport.usage());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getServletPath().equals("/")) {
            throw new DeniedException(Denial.notFound());
        }
        switch (request.getMethod()) {
            case "GET", "HEAD" -> {
                response.setContentType("text/plain");
                response.setCharacterEncoding("UTF-8");
                response.getWriter().write(text);
            }
            default -> throw Http.methodNotAllowed(request, response, "GET, HEAD");
        }
    }
}
