package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the server answered. */
final class Answer {

    /** The status of a connection that ends without an answer. */
    static final int NONE = 0;

    private final int status;
    private final List<Header> headers;
    private final byte[] body;

    Answer(int status, List<Header> headers, byte[] body) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = body.clone();
    }

    static Answer none() {
        return new Answer(NONE, List.of(), new byte[0]);
    }

    int status() {
        return status;
    }

    List<String> all(String name) {
        return headers.stream()
                .filter(header -> header.isNamed(name))
                .map(Header::value)
                .toList();
    }

    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** All header lines, for searching. */
    String headerText() {
        return headers.stream().map(Header::toString).collect(Collectors.joining("\n"));
    }

    /** The content type without its parameters, in lower case. */
    Optional<String> mediaType() {
        return first("Content-Type").map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    Optional<JsonNode> json() {
        return Json.parse(body);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The cookies that are set, each with its attributes: names in lower case, the cookie's own value as {@code
     * value}, an attribute without a value as {@code true}.
     */
    Map<String, Map<String, String>> cookies() {
        Map<String, Map<String, String>> found = new LinkedHashMap<>();
        for (String line : all("Set-Cookie")) {
            String[] parts = line.strip().split(";", -1);
            String[] cookie = parts[0].split("=", 2);
            Map<String, String> attributes = new LinkedHashMap<>();
            attributes.put("value", cookie.length == 2 ? unquoted(cookie[1].strip()) : "");
            for (int i = 1; i < parts.length; i++) {
                String[] attribute = parts[i].strip().split("=", 2);
                attributes.put(
                        attribute[0].toLowerCase(Locale.ROOT), attribute.length == 2 ? attribute[1].strip() : "true");
            }
            found.put(cookie[0].strip(), attributes);
        }
        return found;
    }

    private static String unquoted(String text) {
        return text.replaceAll("^\"+|\"+$", "");
    }
}
