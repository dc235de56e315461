package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/**
 * The header of a forged token.
 *
 * @param recipe what to change
 * @param expander knows the names in it
 * @param keys those that a header may bring along
 */
record ForgedHeader(JsonNode recipe, Expander expander, HostileKeys keys) {

    byte[] bytes(JsonNode genuine) {
        if (recipe.has("headerRaw")) {
            return utf8(expander.expand(recipe.get("headerRaw").textValue()));
        }
        ObjectNode header = new ForgedTree(expander).merged(genuine.deepCopy(), recipe.path("header"));
        recipe.path("removeHeader").forEach(name -> header.remove(name.textValue()));
        bringKeys(header);
        return recipe.has("headerRawAlg") ? withRawAlgorithm(header) : Json.writeAscii(header);
    }

    private byte[] withRawAlgorithm(ObjectNode header) {
        String rest = Json.textOf(header.without("alg")).substring(1);
        return utf8("{\"alg\":\"" + recipe.get("headerRawAlg").textValue() + "\"," + rest);
    }

    private void bringKeys(ObjectNode header) {
        if (header.path("jwk").asText().equals("attackerRsaPublicJwk")) {
            header.set("jwk", jwk((RSAPublicKey) keys.attackerRsa().getPublic()));
        }
        if (header.path("x5c").asText().equals("attackerSelfSignedChain")) {
            byte[] certificate = SelfSigned.certificate(keys.attackerRsa());
            header.putArray("x5c").add(Base64.getEncoder().encodeToString(certificate));
        }
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
