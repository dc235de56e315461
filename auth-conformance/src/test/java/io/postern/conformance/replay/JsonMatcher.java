package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Map;

/**
 * Compares JSON strictly: objects have exactly the members that are wanted, {@code 1} is neither {@code true} nor
 * {@code 1.0}. Texts may be blurred (see {@link TextPattern}), and {@code {"$jwt": …}} opens a token.
 */
final class JsonMatcher {

    private final Variables variables;
    private final TokenMatcher tokens;

    JsonMatcher(TokenSigner signer, Variables variables, Clock clock) {
        this.variables = variables;
        this.tokens = new TokenMatcher(signer, clock, this);
    }

    void match(JsonNode want, JsonNode got, String path, Mismatches out) {
        if (want.isObject() && want.size() == 1 && want.has("$jwt")) {
            tokens.match(want.get("$jwt"), got, path, out);
        } else if (want.isObject()) {
            matchObject(want, got, path, out);
        } else if (want.isArray()) {
            matchArray(want, got, path, out);
        } else if (want.isTextual()) {
            matchText(Json.textOf(variables.fill(want)), got, path, out);
        } else if (!isSameScalar(want, got)) {
            out.expected(path, Json.shorten(want), Json.shorten(got));
        }
    }

    private void matchObject(JsonNode want, JsonNode got, String path, Mismatches out) {
        if (!got.isObject()) {
            out.expected(path, "an object", Json.shorten(got));
            return;
        }
        for (Map.Entry<String, JsonNode> member : want.properties()) {
            if (got.has(member.getKey())) {
                match(member.getValue(), got.get(member.getKey()), path + "." + member.getKey(), out);
            } else {
                out.add(path, "no member " + member.getKey());
            }
        }
        for (Map.Entry<String, JsonNode> member : got.properties()) {
            if (!want.has(member.getKey())) {
                out.add(path, "unexpected member " + member.getKey() + ": " + Json.shorten(member.getValue()));
            }
        }
    }

    private void matchArray(JsonNode want, JsonNode got, String path, Mismatches out) {
        if (!got.isArray() || got.size() != want.size()) {
            out.expected(path, Json.shorten(want), Json.shorten(got));
            return;
        }
        for (int i = 0; i < want.size(); i++) {
            match(want.get(i), got.get(i), path + "[" + i + "]", out);
        }
    }

    private void matchText(String want, JsonNode got, String path, Mismatches out) {
        if (want.equals("<int>") && got.isIntegralNumber()) {
            return;
        }
        TextPattern pattern = TextPattern.of(want);
        if (!got.isTextual() || !pattern.matches(got.textValue())) {
            out.expected(path, want, Json.shorten(got));
        } else if (pattern.wantsNew() && variables.seen().contains(got.textValue())) {
            out.add(path, got + " was to be new, but was seen before");
        }
    }

    private static boolean isSameScalar(JsonNode want, JsonNode got) {
        if (want.isIntegralNumber()) {
            return got.isIntegralNumber() && want.bigIntegerValue().equals(got.bigIntegerValue());
        }
        if (want.isFloatingPointNumber()) {
            return got.isFloatingPointNumber() && Double.compare(want.doubleValue(), got.doubleValue()) == 0;
        }
        return want.equals(got);
    }
}
