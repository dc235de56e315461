package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A hostile request (or an honest one beside it), and the responses that are acceptable.
 *
 * @param json the entry of the file
 */
record HostileInput(JsonNode json) {

    String id() {
        return json.required("id").textValue();
    }

    String group() {
        return json.required("group").textValue();
    }

    /** Throws {@link CaseProblem} if it has something that is not known here. */
    void requireKnownForm() {
        HostileForm.require(json);
    }

    boolean isAttack() {
        return json.path("kind").asText().equals("attack");
    }

    String title() {
        return id() + " " + json.required("description").textValue();
    }

    /** Which server it is for; its own name for it, but for the one that needs a past of its own. */
    String profile() {
        if (craft().toString().contains("${userCutoff")) {
            return HostileSetup.CUT_OFF;
        }
        boolean needsStoredSessions = json.toString().contains("${expiredAbsoluteSessionId}");
        return needsStoredSessions
                ? HostileSetup.STORED_SESSIONS
                : json.path("profile").asText("default");
    }

    /** Whether something may succeed but once. */
    boolean isAboutOnce() {
        return repetition().has("exactly");
    }

    /** Whether it is about encrypted tokens, so that servers that use them have to stand it too. */
    boolean isAboutEncryption() {
        return craft().has("jwe") || craft().has("literal");
    }

    /** How to make the token of the request; nothing if there is none to make. */
    JsonNode craft() {
        return json.path("craft");
    }

    JsonNode repetition() {
        return json.path("repeat");
    }

    HostileExpectation expectation() {
        return new HostileExpectation(json.required("expect"));
    }

    boolean needsBrokenStore() {
        return json.path("setup").asText().equals("store down");
    }

    Optional<Integer> canaryHits() {
        return Optional.ofNullable(json.path("after").get("canaryHits")).map(JsonNode::intValue);
    }

    /** The paths at which Postern does what the input wants done. */
    List<String> paths(boolean tokensInCookies) {
        String path = json.required("request").required("path").textValue();
        boolean fromBrowser = HostileHeaders.pairs(json.required("request").path("headers")).stream()
                .anyMatch(pair -> pair.name().equals("Cookie"));
        String logout =
                tokensInCookies ? "/auth/jwt/logout/" : fromBrowser ? "/auth/session/logout/" : "/auth/jwt/blacklist/";
        List<String> logins = tokensInCookies
                ? List.of("/auth/jwt/create/", "/auth/session/login/")
                : List.of("/auth/session/login/");
        return logins.stream()
                .map(login -> path.replaceFirst("^/auth/login", login)
                        .replaceFirst("^/auth/refresh", "/auth/jwt/refresh/")
                        .replaceFirst("^/auth/logout", logout))
                .distinct()
                .toList();
    }

    RawRequest request(String path, Expander expander, String host) {
        JsonNode request = json.required("request");
        HostileHeaders headers = headers();
        RawRequest made = RawRequest.of(
                expander.line(request.required("method").textValue()),
                HostileHeaders.asBytes(expander.line(path)),
                headers.lines(expander),
                body(request, expander),
                host);
        return headers.version().map(made::withVersion).orElse(made);
    }

    /** The request that follows on the same connection: an entry's request, or a method and a path. */
    Optional<RawRequest> next(Expander expander, String host) {
        return headers().next().map(next -> {
            String[] methodAndPath = next.asText().split(" ", 2);
            if (next.isTextual() && methodAndPath.length == 2) {
                return RawRequest.withoutBody(methodAndPath[0], expander.line(methodAndPath[1]), host);
            }
            ObjectNode other = JsonNodeFactory.instance.objectNode().set("request", next);
            other.putObject("expect").put("maxMillis", 0).putArray("statusIn");
            HostileForm.require(other);
            return new HostileInput(other).request(next.required("path").textValue(), expander, host);
        });
    }

    boolean isPipelined() {
        return json.path("transport").asText().equals("raw-pipeline");
    }

    /** All that a request or a craft says, bodies too, for searching. */
    static String texts(JsonNode part) {
        String body = part.findPath("bodyBase64").asText("");
        return part + new String(Base64.getDecoder().decode(body), StandardCharsets.ISO_8859_1);
    }

    private HostileHeaders headers() {
        return new HostileHeaders(json.required("request").path("headers"));
    }

    private static byte[] body(JsonNode request, Expander expander) {
        return Optional.ofNullable(request.get("bodyGen"))
                .map(HostileInput::generated)
                .orElseGet(() -> expander.body(
                        Base64.getDecoder().decode(request.path("bodyBase64").asText(""))));
    }

    private static byte[] generated(JsonNode order) {
        StringBuilder out = new StringBuilder();
        switch (order.required("kind").textValue()) {
            case "nest-array" -> {
                int depth = order.required("depth").intValue();
                out.append("[".repeat(depth)).append("]".repeat(depth));
            }
            case "nest-object" -> {
                int depth = order.required("depth").intValue();
                out.append("{\"m\":".repeat(depth)).append('1').append("}".repeat(depth));
            }
            case "members" -> {
                out.append('{');
                for (int i = 0; i < order.required("count").intValue(); i++) {
                    out.append("\"m").append(i).append("\":1,");
                }
                out.append(order.required("plus").toString().substring(1));
            }
            default -> throw new CaseProblem("no such body: " + order);
        }
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
