package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Logs in at a server over HTTP, as browsers do.
 *
 * @param server where
 */
record HostileSessions(HostileServer server) {

    static final String CSRF_COOKIE = "csrftoken";

    /**
     * What a browser keeps.
     *
     * @param cookies by name, without attributes
     * @param csrfToken what a page sends along
     */
    record Browser(Map<String, String> cookies, String csrfToken) {

        String cookieHeader() {
            List<String> pairs = new ArrayList<>();
            cookies.forEach((name, value) -> pairs.add(name + "=" + value));
            return String.join("; ", pairs);
        }
    }

    String idOf(Browser browser) {
        String id = browser.cookies().get(server.app().sessionCookie());
        return id == null ? "" : id;
    }

    Browser login(String name, String password, String cookie) {
        String path = server.app().setup().usesCookies() ? "/auth/jwt/create/" : "/auth/session/login/";
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("username", name).put("password", password);
        return visit("POST", path, cookie, body);
    }

    /** A client with a CSRF token and without a login. */
    Browser stranger() {
        return visit("GET", "/auth/csrf/", "", JsonNodeFactory.instance.objectNode());
    }

    /** The session of an anonymous client. */
    String anonymousSessionId() {
        Answer answer = send("GET", "/public/visit", "", JsonNodeFactory.instance.objectNode());
        return Optional.ofNullable(answer.cookies().get(server.app().sessionCookie()))
                .map(cookie -> cookie.get("value"))
                .orElseThrow(() -> new CaseProblem("no session was started"));
    }

    void logout(Browser browser) {
        send("POST", "/auth/session/logout/", browser.cookieHeader(), browser.csrfToken());
    }

    /** Whether a session is still one. */
    void use(Browser browser) {
        send("GET", "/api/me", browser.cookieHeader(), "");
    }

    private void send(String method, String path, String cookies, String csrfToken) {
        RawHttp http = server.http();
        List<Header> headers = new ArrayList<>(List.of(new Header("Cookie", cookies)));
        if (!csrfToken.isEmpty()) {
            headers.add(new Header(HostileApp.CSRF_HEADER, csrfToken));
            headers.add(new Header("Origin", server.scheme() + "://" + http.authority()));
        }
        Answer answer = http.send(RawRequest.of(method, path, headers, new byte[0], http.authority()));
        if (answer.status() >= 300) {
            throw new CaseProblem("%s %s answered %d".formatted(method, path, answer.status()));
        }
    }

    private Browser visit(String method, String path, String cookie, ObjectNode body) {
        Answer answer = send(method, path, cookie, body);
        Map<String, String> kept = new LinkedHashMap<>();
        answer.cookies().forEach((name, attributes) -> kept.put(name, attributes.get("value")));
        String token = answer.json().orElseThrow().required("csrfToken").textValue();
        return new Browser(kept, token);
    }

    private Answer send(String method, String path, String cookie, ObjectNode body) {
        ObjectNode request =
                JsonNodeFactory.instance.objectNode().put("method", method).put("path", path);
        if (!body.isEmpty()) {
            request.set("body", body);
        }
        request.putObject("headers").put("Cookie", cookie);
        Answer answer =
                server.http().send(RawRequest.from(request, server.http().authority()));
        if (answer.status() != 200) {
            throw new CaseProblem("%s %s answered %d".formatted(method, path, answer.status()));
        }
        return answer;
    }
}
