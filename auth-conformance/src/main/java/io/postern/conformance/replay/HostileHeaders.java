package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The headers of a hostile input, and what its special ones ask for.
 *
 * @param json an object, or a list of pairs where a name repeats
 */
record HostileHeaders(JsonNode json) {

    /** A name and what the file has for it. */
    record Pair(String name, JsonNode value) {}

    static List<Pair> pairs(JsonNode headers) {
        if (headers.isArray()) {
            return headers.valueStream()
                    .map(pair -> new Pair(pair.path(0).asText(), pair.path(1)))
                    .toList();
        }
        return headers.propertyStream()
                .map(member -> new Pair(member.getKey(), member.getValue()))
                .toList();
    }

    List<Header> lines(Expander expander) {
        return pairs(json).stream()
                .flatMap(pair -> switch (pair.name()) {
                    case "$version", "$then" -> Stream.<Header>empty();
                    case "$raw" ->
                        Stream.of(Header.line(asBytes(expander.line(pair.value().textValue()))));
                    case "$repeatHeader" -> repeated(pair.value().textValue(), expander);
                    case "n" -> json.has("$repeatHeader") ? Stream.<Header>empty() : named(pair, expander);
                    default -> named(pair, expander);
                })
                .toList();
    }

    Optional<String> version() {
        return special("$version")
                .map(JsonNode::textValue)
                .map(text -> text.startsWith("HTTP/") ? text : "HTTP/" + text);
    }

    /** The request that follows on the same connection. */
    Optional<JsonNode> next() {
        return special("$then");
    }

    /** Characters up to U+00FF are one byte, others their UTF-8. */
    static String asBytes(String text) {
        return text.codePoints()
                .mapToObj(Character::toString)
                .map(character -> character.charAt(0) <= 0xFF
                        ? character
                        : new String(character.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining());
    }

    private Optional<JsonNode> special(String name) {
        return pairs(json).stream()
                .filter(pair -> pair.name().equals(name))
                .map(Pair::value)
                .findFirst();
    }

    private Stream<Header> repeated(String line, Expander expander) {
        return IntStream.range(0, json.required("n").intValue())
                .mapToObj(i -> Header.line(asBytes(expander.line(String.format(Locale.ROOT, line, i)))));
    }

    private static Stream<Header> named(Pair pair, Expander expander) {
        String name = asBytes(expander.line(pair.name()));
        return Stream.of(new Header(name, asBytes(expander.line(pair.value().textValue()))));
    }
}
