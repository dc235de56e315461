package io.postern.examples.todo;

import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import io.postern.auth.User;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.servlet.ObjectPermissions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves {@code /todos/} and {@code /todos/<id>/}. The filter admits only authenticated users; the servlet checks
 * the owner of a todo. A {@link DeniedException} becomes the response.
 */
final class TodoServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Pattern ONE = Pattern.compile("/([0-9]{1,18})/?");

    private final transient TodoStore todos;

    TodoServlet(TodoStore todos) {
        this.todos = todos;
    }

    /** Overrides {@code service} because {@code HttpServlet} responds to methods without a handler with 501. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        if (path == null || path.equals("/")) {
            serveAll(request, response);
        } else {
            serveOne(request, response);
        }
    }

    private void serveAll(HttpServletRequest request, HttpServletResponse response) throws IOException {
        User user = AuthFilter.authentication(request).user();
        switch (request.getMethod()) {
            case "GET", "HEAD" -> Http.write(response, 200, user.isStaff() ? todos.all() : todos.ownedBy(user.id()));
            case "POST" -> create(request, response, user);
            default -> throw Http.methodNotAllowed(request, response, "GET, HEAD, POST");
        }
    }

    private void serveOne(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "GET", "HEAD" -> Http.write(response, 200, find(request));
            case "PUT", "PATCH" -> change(request, response);
            case "DELETE" -> {
                todos.remove(find(request).id());
                response.setStatus(204);
            }
            default -> throw Http.methodNotAllowed(request, response, "GET, HEAD, PUT, PATCH, DELETE");
        }
    }

    private void create(HttpServletRequest request, HttpServletResponse response, User user) throws IOException {
        TodoFields fields = Http.read(request, TodoFields.class);
        Todo added = todos.add(user.id(), fields.requiredTitle(), fields.isDone());
        response.setHeader("Location", "/todos/" + added.id() + "/");
        Http.write(response, 201, added);
    }

    private void change(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Todo found = find(request);
        TodoFields fields = Http.read(request, TodoFields.class);
        if (request.getMethod().equals("PUT")) {
            fields = new TodoFields(fields.requiredTitle(), fields.isDone());
        }
        Todo changed = todos.change(found.id(), fields::over).orElseThrow(TodoServlet::notFound);
        Http.write(response, 200, changed);
    }

    /** Returns the todo of the path if the caller may access it. */
    private Todo find(HttpServletRequest request) {
        Matcher path = ONE.matcher(request.getPathInfo());
        if (!path.matches()) {
            throw notFound();
        }
        Todo todo = todos.find(Long.parseLong(path.group(1))).orElseThrow(TodoServlet::notFound);
        ObjectPermissions.check(request, todo);
        return todo;
    }

    private static DeniedException notFound() {
        return new DeniedException(Denial.notFound());
    }
}
