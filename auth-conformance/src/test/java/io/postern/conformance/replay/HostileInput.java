package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A request that somebody means ill with (or one beside it that has to be let in), and what may be answered.
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

    String title() {
        return id() + " " + json.required("description").textValue();
    }

    /** Which server it is for; its own name for it, but for the one that needs a past of its own. */
    String profile() {
        boolean needsCutOff = recipe().toString().contains("${userCutoff");
        return needsCutOff ? HostileSetup.CUT_OFF : json.path("profile").asText("default");
    }

    /** Whether something may succeed but once. */
    boolean isAboutOnce() {
        return repetition().has("exactly");
    }

    /** Whether it is about encrypted tokens, so that servers that use them have to stand it too. */
    boolean isAboutEncryption() {
        return recipe().has("jwe") || recipe().has("literal");
    }

    /** How to make the token of the request; nothing if there is none to make. */
    JsonNode recipe() {
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
        boolean fromBrowser = json.required("request").path("headers").has("Cookie");
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
        return RawRequest.of(
                expander.line(request.required("method").textValue()),
                expander.line(path),
                headers(request.path("headers"), expander),
                body(request, expander),
                host);
    }

    private static List<Header> headers(JsonNode headers, Expander expander) {
        if (headers.has("$repeatHeader")) {
            String line = headers.get("$repeatHeader").textValue();
            return IntStream.range(0, headers.required("n").intValue())
                    .mapToObj(i -> header("$raw", String.format(Locale.ROOT, line, i), expander))
                    .toList();
        }
        if (headers.isArray()) {
            return headers.valueStream()
                    .map(pair -> header(pair.path(0).textValue(), pair.path(1).textValue(), expander))
                    .toList();
        }
        return headers.propertyStream()
                .map(member -> header(member.getKey(), member.getValue().textValue(), expander))
                .toList();
    }

    /** A {@code $raw} one is a whole line, taken apart where {@link RawRequest} puts it together again. */
    private static Header header(String name, String template, Expander expander) {
        String value = asBytes(expander.line(template));
        if (!name.equals("$raw")) {
            return new Header(name, value);
        }
        String[] nameAndValue = value.split(": ", 2);
        return new Header(nameAndValue[0], nameAndValue[1]);
    }

    /** Characters up to U+00FF are one byte, others their UTF-8. */
    private static String asBytes(String text) {
        return text.codePoints()
                .mapToObj(Character::toString)
                .map(character -> character.charAt(0) <= 0xFF
                        ? character
                        : new String(character.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining());
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
