package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;

/** Makes the tokens that a case asks for, good and bad ones. */
final class TokenMinter {

    private static final BigDecimal HALF = new BigDecimal("0.5");

    private final TokenSigner signer;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    TokenMinter(TokenSigner signer, Clock clock) {
        this.signer = signer;
        this.clock = clock;
    }

    /**
     * A token in compact form.
     *
     * @param order what the case wants: {@code claims} and, to spoil it, {@code alg}, {@code sign}, {@code key},
     *     {@code header}, {@code raw_header}, {@code raw_payload} or {@code signature}
     * @param variables the variables that claims may refer to
     */
    String mint(JsonNode order, Variables variables) {
        String algorithm = text(order, "alg", signer.algorithm());
        String input = segment(order, "raw_header", header(order, algorithm))
                + "."
                + segment(order, "raw_payload", claimValue(variables.fill(order.path("claims"))));
        return input + "." + signature(order, algorithm, input);
    }

    private String signature(JsonNode order, String algorithm, String input) {
        if (order.has("signature")) {
            return order.get("signature").textValue();
        }
        String key = text(order, "key", TokenSigner.HMAC_KEY);
        byte[] signature = signer.sign(
                text(order, "sign", algorithm),
                key.equals("$rsa-public-pem") ? signer.rsaPublicPem() : key,
                input.getBytes(StandardCharsets.US_ASCII));
        return Jwt.encodeSegment(signature);
    }

    private static ObjectNode header(JsonNode order, String algorithm) {
        ObjectNode header =
                JsonNodeFactory.instance.objectNode().put("alg", algorithm).put("typ", "JWT");
        for (Map.Entry<String, JsonNode> extra : order.path("header").properties()) {
            if (extra.getValue().isNull()) {
                header.remove(extra.getKey());
            } else {
                header.set(extra.getKey(), extra.getValue());
            }
        }
        return header;
    }

    private JsonNode claimValue(JsonNode value) {
        if (value.has("$now")) {
            return time(clock.instant().getEpochSecond() + value.get("$now").longValue(), text(value, "as", "int"));
        }
        if (value.has("$hex")) {
            byte[] bytes = new byte[value.get("$hex").intValue() / 2];
            random.nextBytes(bytes);
            return TextNode.valueOf(HexFormat.of().formatHex(bytes));
        }
        if (value.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> copy.add(claimValue(item)));
            return copy;
        }
        if (value.isObject() || value.isMissingNode()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(member -> copy.set(member.getKey(), claimValue(member.getValue())));
            return copy;
        }
        return value;
    }

    private static JsonNode time(long seconds, String type) {
        return switch (type) {
            case "int" -> LongNode.valueOf(seconds);
            case "float" -> DecimalNode.valueOf(BigDecimal.valueOf(seconds).add(HALF));
            case "string" -> TextNode.valueOf(Long.toString(seconds));
            default -> throw new CaseProblem("no such type of a time: " + type);
        };
    }

    private static String segment(JsonNode order, String rawMember, JsonNode value) {
        byte[] bytes = order.has(rawMember)
                ? order.get(rawMember).textValue().getBytes(StandardCharsets.UTF_8)
                : Json.writeUtf8(value);
        return Jwt.encodeSegment(bytes);
    }

    private static String text(JsonNode order, String member, String otherwise) {
        return order.has(member) ? Json.textOf(order.get(member)) : otherwise;
    }
}
