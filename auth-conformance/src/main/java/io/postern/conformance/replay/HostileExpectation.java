package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What may be answered to a hostile input.
 *
 * @param json as the file has it
 */
record HostileExpectation(JsonNode json) {

    private static final int SERVER_ERROR = 500;
    private static final List<String> NEVER = List.of("\tat ", "Exception", "Caused by");
    private static final int TELLING = 20;

    /**
     * What must not happen whatever the answer should be.
     *
     * @param answer what came back
     * @param token the token that was sent
     */
    List<String> dangers(Answer answer, String token) {
        List<String> dangers = new ArrayList<>(found(NEVER.stream(), answer));
        if (answer.status() >= SERVER_ERROR && !statuses().contains(answer.status())) {
            dangers.add("status " + answer.status());
        }
        boolean repeated = Stream.of(token.split("\\.", -1))
                .skip(1)
                .filter(part -> part.length() >= TELLING)
                .anyMatch(part ->
                        answer.text().contains(part) || answer.headerText().contains(part));
        if (repeated) {
            dangers.add("the answer has the token");
        }
        return dangers;
    }

    /** The same with all names filled in, so that one that is not known is noticed before anything is sent. */
    HostileExpectation expanded(Expander expander) {
        return new HostileExpectation(new ForgedTree(expander::expand).filled(json));
    }

    /** What must not have been logged. */
    List<String> leaks(Set<String> logLines) {
        return words(json.path("logNeverContains")).stream()
                .filter(word -> !word.isBlank() && logLines.stream().anyMatch(line -> line.contains(word)))
                .map(word -> "the log has " + Json.shorten(word))
                .toList();
    }

    /** In what the answer differs from the wanted one. */
    List<String> differences(Answer answer) {
        Stream<String> forbidden = words(json.path("neverContains")).stream();
        List<String> differences = new ArrayList<>(found(forbidden, answer));
        if (!statuses().contains(answer.status())) {
            differences.add("status %d, not one of %s".formatted(answer.status(), statuses()));
        }
        differences.addAll(headerDifferences(answer));
        differences.addAll(cookieDifferences(answer));
        return differences;
    }

    List<Integer> statuses() {
        return json.required("statusIn").valueStream().map(JsonNode::intValue).toList();
    }

    boolean mayEndWithoutAnswer() {
        return statuses().contains(Answer.NONE);
    }

    int maxMillis() {
        return json.required("maxMillis").intValue();
    }

    private List<String> headerDifferences(Answer answer) {
        List<String> differences = new ArrayList<>();
        String status = Integer.toString(answer.status());
        for (String name : words(json.path("headerPresentWhen").path(status))) {
            if (answer.all(name).isEmpty()) {
                differences.add("no " + name);
            }
        }
        json.path("headerContains").propertyStream().forEach(header -> {
            if (!joined(answer, header.getKey()).contains(header.getValue().textValue())) {
                differences.add(header.getKey() + " is not " + header.getValue());
            }
        });
        json.path("headerNeverContains")
                .propertyStream()
                .forEach(header -> words(header.getValue()).stream()
                        .filter(joined(answer, header.getKey())::contains)
                        .forEach(word -> differences.add(header.getKey() + " has " + word)));
        words(json.path("anyHeaderNeverContains")).stream()
                .filter(answer.headerText()::contains)
                .forEach(word -> differences.add("a header has " + word));
        return differences;
    }

    /** Pages read the CSRF cookie, so that what is asked of cookies is asked of the others. */
    private List<String> cookieDifferences(Answer answer) {
        List<String> differences = new ArrayList<>();
        List<String> cookies = answer.all("Set-Cookie").stream()
                .filter(cookie -> !cookie.startsWith(HostileSessions.CSRF_COOKIE + "="))
                .toList();
        if (json.has("setCookieCount")
                && cookies.size() != json.get("setCookieCount").intValue()) {
            differences.add(cookies.size() + " cookies");
        }
        List<String> wanted = words(json.path("setCookieAttributes"));
        String before = json.path("setCookieDiffersFrom").asText("");
        if (cookies.isEmpty() && !(wanted.isEmpty() && before.isEmpty())) {
            differences.add("no cookie");
        }
        for (String cookie : cookies) {
            wanted.stream()
                    .filter(attribute -> !lower(cookie).contains("; " + lower(attribute)))
                    .forEach(attribute -> differences.add("a cookie without " + attribute));
            words(json.path("setCookieNever")).stream()
                    .filter(attribute -> lower(cookie).contains(lower(attribute)))
                    .forEach(attribute -> differences.add("a cookie with " + attribute));
            if (before.contains(cookie.split(";", 2)[0])) {
                differences.add("the cookie that was there before");
            }
        }
        return differences;
    }

    private static List<String> found(Stream<String> words, Answer answer) {
        return words.filter(answer.text()::contains)
                .map(word -> "the body reveals " + word)
                .toList();
    }

    private static List<String> words(JsonNode list) {
        return list.valueStream().map(JsonNode::textValue).toList();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String joined(Answer answer, String name) {
        return String.join(", ", answer.all(name));
    }
}
