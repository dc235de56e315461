package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares a whole answer with the recorded one: status, the headers that were recorded, and the JSON body. */
final class AnswerMatcher {

    private final JsonMatcher json;

    AnswerMatcher(JsonMatcher json) {
        this.json = json;
    }

    Mismatches match(Expectation want, Answer got) {
        Mismatches out = new Mismatches();
        if (got.status() != want.status()) {
            out.expected("status", Integer.toString(want.status()), Integer.toString(got.status()));
        }
        want.headers().forEach((name, value) -> matchHeader(name, value, got, out));
        want.json().ifPresent(value -> matchBody(value, got, out));
        return out;
    }

    private void matchBody(JsonNode want, Answer got, Mismatches out) {
        Optional<JsonNode> body = got.json();
        if (body.isPresent()) {
            json.match(want, body.get(), "$", out);
        } else {
            out.expected("body", "JSON", got.text());
        }
    }

    private static void matchHeader(String name, JsonNode want, Answer answer, Mismatches out) {
        if (name.equalsIgnoreCase("Set-Cookie")) {
            matchCookies(want, answer.cookies(), out);
            return;
        }
        Optional<String> got = name.equalsIgnoreCase("Content-Type") ? answer.mediaType() : joined(answer, name);
        boolean same =
                want.isNull() ? got.isEmpty() : got.isPresent() && isSameValue(name, want.textValue(), got.get());
        if (!same) {
            out.expected(name, want.isNull() ? "no such header" : want.textValue(), got.orElse("no such header"));
        }
    }

    private static boolean isSameValue(String name, String want, String got) {
        return name.equalsIgnoreCase("Allow")
                ? listed(want).equals(listed(got))
                : TextPattern.of(want).matches(got);
    }

    private static Optional<String> joined(Answer answer, String name) {
        return Optional.of(answer.all(name))
                .filter(values -> !values.isEmpty())
                .map(values -> String.join(", ", values));
    }

    private static Set<String> listed(String value) {
        return Arrays.stream(value.split(",")).map(String::strip).collect(Collectors.toSet());
    }

    /** The set of cookies has to be the same; of their attributes only those listed are compared. */
    private static void matchCookies(JsonNode want, Map<String, Map<String, String>> got, Mismatches out) {
        Set<String> wanted = new TreeSet<>();
        want.fieldNames().forEachRemaining(wanted::add);
        if (!wanted.equals(got.keySet())) {
            out.expected("Set-Cookie", "the cookies " + wanted, new TreeSet<>(got.keySet()).toString());
        }
        Set<String> both = new HashSet<>(wanted);
        both.retainAll(got.keySet());
        for (String name : both) {
            for (Map.Entry<String, JsonNode> attribute : want.get(name).properties()) {
                Optional<String> real = Optional.ofNullable(got.get(name).get(attribute.getKey()));
                if (!isSameAttribute(attribute, real)) {
                    out.expected(
                            "Set-Cookie %s: %s".formatted(name, attribute.getKey()),
                            Json.textOf(attribute.getValue()),
                            real.orElse("no such attribute"));
                }
            }
        }
    }

    private static boolean isSameAttribute(Map.Entry<String, JsonNode> want, Optional<String> got) {
        if (want.getValue().isNull()) {
            return got.isEmpty();
        }
        String value = Json.textOf(want.getValue());
        if (want.getKey().equals("value") && value.equals("<any-string>")) {
            return got.filter(text -> !text.isEmpty()).isPresent();
        }
        return got.map(text -> text.toLowerCase(Locale.ROOT))
                .filter(value.toLowerCase(Locale.ROOT)::equals)
                .isPresent();
    }
}
