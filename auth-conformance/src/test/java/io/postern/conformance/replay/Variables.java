package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values that a case has captured or minted so far: <code>{{name}}</code>, <code>{{name.claims.jti}}</code>. */
final class Variables {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]+)}}");
    private static final Pattern HEX32 = Pattern.compile("[0-9a-f]{32}");
    private static final List<String> SEGMENTS = List.of("header", "payload", "signature");
    private static final String CLAIMS = "claims.";
    private static final int REMEMBERED_LENGTH = 16;

    private final Map<String, JsonNode> builtIn;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();

    Variables(String authority) {
        builtIn = Map.of("host", TextNode.valueOf(authority), "base", TextNode.valueOf("http://" + authority));
    }

    void set(String name, JsonNode value) {
        values.put(name, value);
    }

    void set(String name, String value) {
        set(name, TextNode.valueOf(value));
    }

    /** A copy in which each placeholder is replaced; one that is a whole text keeps the type of its value. */
    JsonNode fill(JsonNode value) {
        if (value.isTextual()) {
            return fill(value.textValue());
        }
        if (value.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> copy.add(fill(item)));
            return copy;
        }
        if (value.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(member -> copy.set(member.getKey(), fill(member.getValue())));
            return copy;
        }
        return value;
    }

    /** Long texts and token ids that the case has come across, none of which may pass for new. */
    Set<String> seen() {
        Set<String> seen = new HashSet<>();
        for (JsonNode value : values.values()) {
            if (value.isTextual()) {
                remember(value.textValue(), seen);
            }
        }
        return seen;
    }

    private static void remember(String text, Set<String> seen) {
        if (text.length() >= REMEMBERED_LENGTH) {
            seen.add(text);
        }
        if (Jwt.looksLike(text)) {
            Jwt.decode(text)
                    .ifPresent(token -> token.claims()
                            .valueStream()
                            .filter(JsonNode::isTextual)
                            .map(JsonNode::textValue)
                            .filter(claim -> HEX32.matcher(claim).matches())
                            .forEach(seen::add));
        }
    }

    private JsonNode fill(String text) {
        Matcher found = PLACEHOLDER.matcher(text);
        if (found.matches()) {
            return get(found.group(1));
        }
        return TextNode.valueOf(found.replaceAll(match -> Matcher.quoteReplacement(Json.textOf(get(match.group(1))))));
    }

    private JsonNode get(String path) {
        if (values.containsKey(path)) {
            return values.get(path);
        }
        if (builtIn.containsKey(path)) {
            return builtIn.get(path);
        }
        String[] nameAndPart = path.split("\\.", 2);
        if (nameAndPart.length < 2 || !values.containsKey(nameAndPart[0])) {
            throw unknown(path);
        }
        return partOf(Json.textOf(values.get(nameAndPart[0])), nameAndPart[1], path);
    }

    private static JsonNode partOf(String token, String part, String path) {
        if (part.startsWith(CLAIMS)) {
            return Jwt.decode(token)
                    .map(jwt -> jwt.claims().path(part.substring(CLAIMS.length())))
                    .filter(claim -> !claim.isMissingNode())
                    .orElseThrow(() -> unknown(path));
        }
        int index = SEGMENTS.indexOf(part);
        String[] segments = token.split("\\.", -1);
        if (index < 0 || index >= segments.length) {
            throw unknown(path);
        }
        return TextNode.valueOf(segments[index]);
    }

    private static CaseProblem unknown(String path) {
        return new CaseProblem("unknown variable {{" + path + "}}");
    }
}
