package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request that somebody means ill with (or one beside it that has to be let in), and what may be answered.
 *
 * @param json the entry of the file
 */
record HostileInput(JsonNode json) {

    private static final int SERVER_ERROR = 500;
    private static final List<String> NEVER = List.of("\tat ", "Exception", "Caused by");

    String id() {
        return json.required("id").textValue();
    }

    String group() {
        return json.required("group").textValue();
    }

    String title() {
        return id() + " " + json.required("description").textValue();
    }

    RawRequest request(Expander expander, String host) {
        JsonNode request = json.required("request");
        return RawRequest.of(
                request.required("method").textValue(),
                path(expander.line(request.required("path").textValue())),
                headers(request.path("headers"), expander),
                body(request, expander),
                host);
    }

    /** What must not happen whatever the file says. */
    static List<String> dangers(Answer answer) {
        List<String> dangers = new ArrayList<>(found(NEVER.stream(), answer));
        if (answer.status() >= SERVER_ERROR) {
            dangers.add("status " + answer.status());
        }
        return dangers;
    }

    /** In what the answer differs from the wanted one. */
    List<String> differences(Answer answer, Expander expander) {
        Stream<String> forbidden =
                expectation().path("neverContains").valueStream().map(word -> expander.expand(word.textValue()));
        List<String> differences = new ArrayList<>(found(forbidden, answer));
        List<Integer> allowed = expectation()
                .required("statusIn")
                .valueStream()
                .map(JsonNode::intValue)
                .toList();
        if (!allowed.contains(answer.status())) {
            differences.add("status %d, not one of %s".formatted(answer.status(), allowed));
        }
        differences.addAll(headerDifferences(answer));
        return differences;
    }

    private List<String> headerDifferences(Answer answer) {
        List<String> differences = new ArrayList<>();
        String status = Integer.toString(answer.status());
        for (String name : words(expectation().path("headerPresentWhen").path(status))) {
            if (answer.all(name).isEmpty()) {
                differences.add("no " + name);
            }
        }
        expectation().path("headerContains").propertyStream().forEach(header -> {
            if (!joined(answer, header.getKey()).contains(header.getValue().textValue())) {
                differences.add(header.getKey() + " is not " + header.getValue());
            }
        });
        expectation()
                .path("headerNeverContains")
                .propertyStream()
                .forEach(header -> words(header.getValue()).stream()
                        .filter(joined(answer, header.getKey())::contains)
                        .forEach(word -> differences.add(header.getKey() + " has " + word)));
        words(expectation().path("anyHeaderNeverContains")).stream()
                .filter(answer.headerText()::contains)
                .forEach(word -> differences.add("a header has " + word));
        return differences;
    }

    private static List<String> found(Stream<String> words, Answer answer) {
        return words.filter(answer.text()::contains)
                .map(word -> "the body tells " + word)
                .toList();
    }

    private static List<String> words(JsonNode list) {
        return list.valueStream().map(JsonNode::textValue).toList();
    }

    private JsonNode expectation() {
        return json.required("expect");
    }

    private static String joined(Answer answer, String name) {
        return String.join(", ", answer.all(name));
    }

    private static String path(String path) {
        return path.startsWith("/auth/login") ? path.replaceFirst("/auth/login", "/auth/session/login/") : path;
    }

    private static List<Header> headers(JsonNode headers, Expander expander) {
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
