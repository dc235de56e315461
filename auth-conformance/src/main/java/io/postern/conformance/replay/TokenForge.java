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
     * The tokens of a craft; several if a damage can be done in more than one way.
     *
     * @param craft what to do
     * @param expander knows the names in it
     * @throws CaseProblem if the craft asks for what is not known, or a step of {@code post} changes nothing
     */
    List<String> craft(JsonNode craft, Expander expander) {
        for (String whole : List.of("use", "literal")) {
            if (craft.has(whole)) {
                return List.of(expander.line(craft.get(whole).textValue()));
            }
        }
        for (int i = 0; i < TRIES; i++) {
            Optional<List<String>> crafted = crafted(craft, expander);
            if (crafted.isPresent()) {
                return crafted.get();
            }
        }
        throw new CaseProblem("a step of post leaves the token as it was");
    }

    /** Nothing if a step of {@code post} changed nothing. */
    private Optional<List<String>> crafted(JsonNode craft, Expander expander) {
        String given = craft.has("base") ? expander.line(craft.get("base").textValue()) : genuine.get();
        boolean asItWas = craft.has("base") && craft.propertyStream().allMatch(each -> AROUND.contains(each.getKey()));
        if (asItWas) {
            return spoiled(given, craft, expander).map(List::of);
        }
        String base = opened.apply(given);
        List<String> tokens = new ForgedClaims(craft, expander)
                        .payloads(Jwt.decode(base)
                                .orElseThrow(() -> new CaseProblem("the base is not a JWT"))
                                .claims())
                        .stream()
                        .map(payload -> wrapped(signed(base, payload, craft, expander), payload, craft, expander))
                        .flatMap(token -> spoiled(token, craft, expander).stream())
                        .toList();
        return tokens.isEmpty() ? Optional.empty() : Optional.of(tokens);
    }

    private String signed(String base, byte[] payload, JsonNode craft, Expander expander) {
        JsonNode genuineHeader = Jwt.decode(base).orElseThrow().header();
        byte[] header = new ForgedHeader(craft, expander, keys).bytes(genuineHeader);
        String body = craft.path("payloadUnencoded").asBoolean(false)
                ? new String(payload, StandardCharsets.UTF_8)
                : Jwt.encodeSegment(payload);
        String input = Jwt.encodeSegment(header) + "." + body;
        return input + "." + new ForgedSignature(keys, expander).of(craft.path("sign"), input, base);
    }

    private String wrapped(String token, byte[] payload, JsonNode craft, Expander expander) {
        String wrapped = token;
        if (craft.has("serialize")) {
            wrapped = ForgedWrapping.asJson(wrapped, craft.get("serialize").textValue());
        }
        if (craft.has("nest")) {
            wrapped = ForgedWrapping.nested(wrapped, craft.get("nest").textValue(), keys);
        }
        return craft.has("jwe") ? new ForgedJwe(keys, expander).seal(craft.get("jwe"), wrapped, payload) : wrapped;
    }

    private static Optional<String> spoiled(String token, JsonNode craft, Expander expander) {
        String spoiled = token;
        for (JsonNode step : craft.path("post")) {
            String before = spoiled;
            spoiled = SpoiledText.after(expander.line(step.textValue()), before);
            if (spoiled.equals(before)) {
                return Optional.empty();
            }
        }
        return Optional.of(spoiled);
    }
}
