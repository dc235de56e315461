package io.postern.examples.todo;

import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells at {@code /} what there is to call; other paths that nobody serves are not found. */
final class IndexServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String TEXT = """
            Todo API, protected by Postern

            GET    /todos/              your todos; staff sees those of all
            POST   /todos/              {"title": "Buy milk", "done": false}
            GET    /todos/<id>/
            PUT    /todos/<id>/         {"title": "Buy milk", "done": true}
            PATCH  /todos/<id>/         {"done": true}
            DELETE /todos/<id>/

            Prove who you are by one of
              Authorization: Basic <name:password in base64>
              Authorization: Token <token>         from POST /auth/token/
              Cookie: sessionid=<session>          from POST /auth/session/login/
              a signed token                       from POST /auth/jwt/create/
            The three endpoints take username and password, as JSON or as a form.
            With a session, send its csrfToken as X-CSRFToken when you change something;
            GET /auth/csrf/ gives you one, POST /auth/session/logout/ ends the session.

            Signed tokens
            %s
            Where you are logged in by them
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
