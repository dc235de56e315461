package io.postern.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The endpoints by which scenarios prepare the server; each returns 204, or 404 for an unknown hook. */
final class HooksServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USERS = "/users/";

    private final transient Application application;

    HooksServlet(Application application) {
        this.application = application;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(run(request) ? 204 : 404);
    }

    private boolean run(HttpServletRequest request) throws IOException {
        String path = Optional.ofNullable(request.getPathInfo()).orElse("/");
        switch (request.getMethod() + " " + (path.startsWith(USERS) ? USERS : path)) {
            case "POST /reset/" -> {
                application.reset();
                return true;
            }
            case "POST /clock/" -> {
                double seconds = body(request).path("advance").asDouble();
                application.throttleClock().advance(Duration.ofMillis(Math.round(seconds * 1000)));
                return true;
            }
            case "PATCH /users/" -> {
                return application.people().change(nameIn(path), change(body(request)));
            }
            case "DELETE /users/" -> {
                return application.people().delete(nameIn(path));
            }
            default -> {
                return false;
            }
        }
    }

    private static String nameIn(String path) {
        String name = path.substring(USERS.length());
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    private static JsonNode body(HttpServletRequest request) throws IOException {
        return JSON.readTree(request.getInputStream());
    }

    private static People.UserChange change(JsonNode body) {
        return new People.UserChange(
                member(body, "is_active").map(JsonNode::asBoolean),
                member(body, "is_staff").map(JsonNode::asBoolean),
                member(body, "password").map(JsonNode::asText));
    }

    private static Optional<JsonNode> member(JsonNode body, String name) {
        return Optional.ofNullable(body.get(name));
    }
}
