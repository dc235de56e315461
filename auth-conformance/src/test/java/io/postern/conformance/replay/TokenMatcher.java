package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares what a token holds; <code>&lt;now+300&gt;</code> is a time, a few seconds more or less. */
final class TokenMatcher {

    private static final Pattern MOMENT = Pattern.compile("<now([+-]\\d+)>");
    private static final double SLACK_SECONDS = 5;
    private static final double MILLIS = 1000.0;

    private final TokenSigner signer;
    private final Clock clock;
    private final JsonMatcher json;

    TokenMatcher(TokenSigner signer, Clock clock, JsonMatcher json) {
        this.signer = signer;
        this.clock = clock;
        this.json = json;
    }

    void match(JsonNode want, JsonNode got, String path, Mismatches out) {
        Optional<Jwt> opened = Optional.of(got)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(Jwt::looksLike)
                .flatMap(Jwt::decode)
                .filter(jwt -> jwt.claims().isObject());
        if (opened.isEmpty()) {
            out.expected(path, "a JWT", Json.shorten(got));
            return;
        }
        if (want.has("header")) {
            json.match(want.get("header"), opened.get().header(), path + ".header", out);
        }
        if (want.has("signature")) {
            String state = signer.isValid(got.textValue()) ? "valid" : "invalid";
            if (!state.equals(want.get("signature").textValue())) {
                out.add(path, "the signature is " + state);
            }
        }
        matchClaims(want.path("claims"), opened.get().claims(), path + ".claims", out);
    }

    private void matchClaims(JsonNode want, JsonNode got, String path, Mismatches out) {
        ObjectNode otherWanted = JsonNodeFactory.instance.objectNode();
        ObjectNode left = got.deepCopy();
        for (Map.Entry<String, JsonNode> claim : want.properties()) {
            Matcher moment = MOMENT.matcher(Json.textOf(claim.getValue()));
            if (!moment.matches()) {
                otherWanted.set(claim.getKey(), claim.getValue());
            } else if (!left.has(claim.getKey())) {
                out.add(path, "no claim " + claim.getKey());
            } else {
                matchTime(moment, left.remove(claim.getKey()), path + "." + claim.getKey(), out);
            }
        }
        json.match(otherWanted, left, path, out);
    }

    private void matchTime(Matcher moment, JsonNode got, String path, Mismatches out) {
        double now = clock.millis() / MILLIS;
        double away = got.doubleValue() - now - Long.parseLong(moment.group(1));
        if (!got.isNumber() || Math.abs(away) > SLACK_SECONDS) {
            out.expected(path, moment.group(), "%s (now is %.0f)".formatted(Json.shorten(got), now));
        }
    }
}
