package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes tokens by the recipes of the hostile inputs: takes a genuine one, changes header and claims, signs it by right or
 * wrong, wraps it and spoils its text, in this order.
 *
 * @param keys the server's and the attacker's
 * @param genuine makes a fresh access token, signed and not encrypted
 */
record TokenForge(HostileKeys keys, Supplier<String> genuine) {

    /**
     * The tokens of a recipe; several if a damage can be done in more than one way.
     *
     * @param recipe what to do
     * @param expander knows the names in it
     */
    List<String> craft(JsonNode recipe, Expander expander) {
        for (String whole : List.of("use", "literal")) {
            if (recipe.has(whole)) {
                return List.of(expander.line(recipe.get(whole).textValue()));
            }
        }
        String base = recipe.has("base") ? expander.line(recipe.get("base").textValue()) : genuine.get();
        boolean asItWas = recipe.has("base") && !recipe.has("header") && !recipe.has("claims");
        if (asItWas) {
            return List.of(spoiled(base, recipe, expander));
        }
        return new ForgedClaims(recipe, expander)
                .payloads(Jwt.decode(base).orElseThrow().claims()).stream()
                        .map(payload -> spoiled(
                                wrapped(signed(base, payload, recipe, expander), payload, recipe), recipe, expander))
                        .toList();
    }

    private String signed(String base, byte[] payload, JsonNode recipe, Expander expander) {
        JsonNode genuineHeader = Jwt.decode(base).orElseThrow().header();
        byte[] header = new ForgedHeader(recipe, expander, keys).bytes(genuineHeader);
        String body = recipe.path("payloadUnencoded").asBoolean(false)
                ? new String(payload, StandardCharsets.UTF_8)
                : Jwt.encodeSegment(payload);
        String input = Jwt.encodeSegment(header) + "." + body;
        return input + "." + new ForgedSignature(keys, expander).of(recipe.path("sign"), input, base);
    }

    private String wrapped(String token, byte[] payload, JsonNode recipe) {
        if (recipe.has("serialize")) {
            return ForgedWrapping.asJson(token, recipe.get("serialize").textValue());
        }
        if (recipe.has("nest")) {
            return ForgedWrapping.nested(token, recipe.get("nest").textValue(), keys);
        }
        return recipe.has("jwe") ? ForgedJwe.seal(recipe.get("jwe"), token, payload, keys) : token;
    }

    private static String spoiled(String token, JsonNode recipe, Expander expander) {
        String spoiled = token;
        for (JsonNode step : recipe.path("post")) {
            spoiled = SpoiledText.after(expander.line(step.textValue()), spoiled);
        }
        return spoiled;
    }
}
