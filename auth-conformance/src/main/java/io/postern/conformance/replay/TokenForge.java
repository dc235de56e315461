package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Makes tokens by the recipes of the hostile inputs: takes a genuine one, changes header and claims, signs it by right or
 * wrong, wraps it and spoils its text, in this order.
 *
 * @param keys the server's and the attacker's
 * @param genuine makes a fresh access token, signed and not encrypted
 * @param opened returns what is inside of an encrypted token, and others as they are
 */
record TokenForge(HostileKeys keys, Supplier<String> genuine, UnaryOperator<String> opened) {

    /** What leaves the parts of a token as they are. */
    private static final Set<String> AROUND = Set.of("name", "base", "post");

    /** Some damages need a digit that only some tokens have. */
    private static final int TRIES = 100;

    /**
     * The tokens of a recipe; several if a damage can be done in more than one way.
     *
     * @param recipe what to do
     * @param expander knows the names in it
     * @throws CaseProblem if the recipe asks for what is not known, or a step of {@code post} changes nothing
     */
    List<String> craft(JsonNode recipe, Expander expander) {
        for (String whole : List.of("use", "literal")) {
            if (recipe.has(whole)) {
                return List.of(expander.line(recipe.get(whole).textValue()));
            }
        }
        for (int i = 0; i < TRIES; i++) {
            Optional<List<String>> crafted = crafted(recipe, expander);
            if (crafted.isPresent()) {
                return crafted.get();
            }
        }
        throw new CaseProblem("a step of post leaves the token as it was");
    }

    /** Nothing if a step of {@code post} changed nothing. */
    private Optional<List<String>> crafted(JsonNode recipe, Expander expander) {
        String given = recipe.has("base") ? expander.line(recipe.get("base").textValue()) : genuine.get();
        boolean asItWas =
                recipe.has("base") && recipe.propertyStream().allMatch(each -> AROUND.contains(each.getKey()));
        if (asItWas) {
            return spoiled(given, recipe, expander).map(List::of);
        }
        String base = opened.apply(given);
        List<String> tokens = new ForgedClaims(recipe, expander)
                        .payloads(Jwt.decode(base)
                                .orElseThrow(() -> new CaseProblem("the base is not a JWT"))
                                .claims())
                        .stream()
                        .map(payload -> wrapped(signed(base, payload, recipe, expander), payload, recipe, expander))
                        .flatMap(token -> spoiled(token, recipe, expander).stream())
                        .toList();
        return tokens.isEmpty() ? Optional.empty() : Optional.of(tokens);
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

    private String wrapped(String token, byte[] payload, JsonNode recipe, Expander expander) {
        String wrapped = token;
        if (recipe.has("serialize")) {
            wrapped = ForgedWrapping.asJson(wrapped, recipe.get("serialize").textValue());
        }
        if (recipe.has("nest")) {
            wrapped = ForgedWrapping.nested(wrapped, recipe.get("nest").textValue(), keys);
        }
        return recipe.has("jwe") ? new ForgedJwe(keys, expander).seal(recipe.get("jwe"), wrapped, payload) : wrapped;
    }

    private static Optional<String> spoiled(String token, JsonNode recipe, Expander expander) {
        String spoiled = token;
        for (JsonNode step : recipe.path("post")) {
            String before = spoiled;
            spoiled = SpoiledText.after(expander.line(step.textValue()), before);
            if (spoiled.equals(before)) {
                return Optional.empty();
            }
        }
        return Optional.of(spoiled);
    }
}
