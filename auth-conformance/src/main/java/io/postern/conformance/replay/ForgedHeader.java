package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/**
 * The header of a forged token.
 *
 * @param craft what to change
 * @param expander knows the names in it
 * @param keys those that a header may bring along
 */
record ForgedHeader(JsonNode craft, Expander expander, HostileKeys keys) {

    byte[] bytes(JsonNode genuine) {
        if (craft.has("headerRaw")) {
            return utf8(expander.expand(craft.get("headerRaw").textValue()));
        }
        ObjectNode header = new ForgedTree(expander::line).merged(genuine.deepCopy(), craft.path("header"));
        craft.path("removeHeader").forEach(name -> header.remove(name.textValue()));
        bringKeys(header);
        String text = craft.has("headerRawAlg")
                ? withRawAlgorithm(header)
                : new String(Json.writeAscii(header), StandardCharsets.US_ASCII);
        String further = expander.expand(craft.path("headerAppendRaw").asText("")) + nested(craft.path("headerNest"));
        return utf8(ForgedClaims.appended(text, further));
    }

    /** The member x, as deep as is asked for; nothing if that is not. */
    static String nested(JsonNode order) {
        if (order.isMissingNode()) {
            return "";
        }
        int depth = order.required("depth").intValue();
        boolean array = order.required("kind").textValue().equals("array");
        return ",\"x\":" + (array ? "[" : "{\"a\":").repeat(depth) + (array ? "" : "1")
                + (array ? "]" : "}").repeat(depth);
    }

    private String withRawAlgorithm(ObjectNode header) {
        String rest = Json.textOf(header.without("alg")).substring(1);
        return "{\"alg\":\"" + craft.get("headerRawAlg").textValue() + "\"," + rest;
    }

    private void bringKeys(ObjectNode header) {
        if (header.path("jwk").isTextual()) {
            header.set(
                    "jwk",
                    switch (header.get("jwk").textValue()) {
                        case "attackerRsaPublicJwk" ->
                            jwk((RSAPublicKey) keys.attackerRsa().getPublic());
                        case "attackerP256PublicJwk" ->
                            jwk((ECPublicKey) keys.attackerEc().getPublic());
                        default -> throw new CaseProblem("unknown key: " + header.get("jwk"));
                    });
        }
        if (header.path("x5c").isTextual()) {
            if (!header.get("x5c").textValue().equals("attackerSelfSignedChain")) {
                throw new CaseProblem("unknown certificates: " + header.get("x5c"));
            }
            byte[] certificate = SelfSigned.certificate(keys.attackerRsa());
            header.putArray("x5c").add(Base64.getEncoder().encodeToString(certificate));
        }
    }

    static ObjectNode jwk(ECPublicKey key) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("x", Jwt.encodeSegment(ForgedSignature.fixed(key.getW().getAffineX(), EcdsaSignature.LENGTH)))
                .put("y", Jwt.encodeSegment(ForgedSignature.fixed(key.getW().getAffineY(), EcdsaSignature.LENGTH)));
    }

    static ObjectNode jwk(RSAPublicKey key) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kty", "RSA")
                .put("n", Jwt.encodeSegment(ForgedSignature.magnitude(key.getModulus())))
                .put("e", Jwt.encodeSegment(ForgedSignature.magnitude(key.getPublicExponent())));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
