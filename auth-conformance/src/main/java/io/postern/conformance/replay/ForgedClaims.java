package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The payload of a forged token.
 *
 * @param craft what to change
 * @param expander knows the names in it
 */
record ForgedClaims(JsonNode craft, Expander expander) {

    private static final int MAX_COLLIDING_WORDS = 20;

    /** Several if a member is to be there twice: the good one may come first or last. */
    List<byte[]> payloads(JsonNode genuine) {
        String text = text(genuine);
        return doubled(text, genuine).map(this::replaced).map(this::encoded).toList();
    }

    private String text(JsonNode genuine) {
        ObjectNode claims = new ForgedTree(expander::line).merged(genuine.deepCopy(), craft.path("claims"));
        craft.path("removeClaims").forEach(name -> claims.remove(name.textValue()));
        craft.path("claimsAsString")
                .forEach(name -> claims.set(
                        name.textValue(),
                        TextNode.valueOf(claims.required(name.textValue()).asText())));
        StringBuilder further = new StringBuilder();
        craft.path("claimsRawValue").properties().forEach(member -> {
            claims.remove(member.getKey());
            further.append(",\"%s\":%s"
                    .formatted(
                            member.getKey(), expander.expand(member.getValue().textValue())));
        });
        further.append(expander.expand(craft.path("claimsAppendRaw").asText("")));
        further.append(ForgedHeader.nested(craft.path("claimsNest")));
        further.append(colliding(craft.path("claimsCollide").asInt(-1)));
        return appended(new String(Json.writeAscii(claims), StandardCharsets.US_ASCII), further.toString());
    }

    private Stream<String> doubled(String text, JsonNode genuine) {
        if (!craft.has("claimsDuplicate")) {
            return Stream.of(text);
        }
        String name = craft.get("claimsDuplicate").textValue();
        String bad = ",\"%s\":%s".formatted(name, expander.expand(badValue(name, genuine.path(name))));
        return Stream.of(appended(text, bad), "{" + bad.substring(1) + "," + text.substring(1));
    }

    private static String badValue(String name, JsonNode good) {
        return switch (name) {
            case "sub" -> "\"${adminUser}\"";
            case "exp" -> "${now-3600}";
            case "nbf", "iat" -> "${now+3600}";
            default -> {
                if (!good.isTextual()) {
                    throw new CaseProblem("no bad value for the claim " + name);
                }
                yield "\"bad\"";
            }
        };
    }

    private String replaced(String text) {
        if (!craft.has("claimsRaw")) {
            return text;
        }
        return expander.with("claims", text)
                .with("claimsSingleQuotes", text.replace('"', '\''))
                .with("claimsUnquotedKeys", text.replaceAll("\"(\\w+)\":", "$1:"))
                .with("claimsTrailingComma", appended(text, ","))
                .expand(craft.get("claimsRaw").textValue());
    }

    private byte[] encoded(String text) {
        if (craft.has("claimsEncoding")) {
            return text.getBytes(Charset.forName(craft.get("claimsEncoding").textValue()));
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (!craft.has("claimsBytesAppend")) {
            return utf8;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(utf8, 0, utf8.length - 1);
        out.writeBytes(HexFormat.of().parseHex(craft.get("claimsBytesAppend").textValue()));
        out.write('}');
        return out.toByteArray();
    }

    /** So many words of "Aa" and "BB", which have one hash code, in each name. */
    private static String colliding(int words) {
        if (words > MAX_COLLIDING_WORDS) {
            throw new CaseProblem("2^%d claims are too many to send".formatted(words));
        }
        StringBuilder members = new StringBuilder();
        for (int i = 0; words >= 0 && i < 1 << words; i++) {
            members.append(",\"");
            for (int word = 0; word < words; word++) {
                members.append((i >> word & 1) == 0 ? "Aa" : "BB");
            }
            members.append("\":1");
        }
        return members.toString();
    }

    static String appended(String object, String members) {
        return object.substring(0, object.length() - 1) + members + "}";
    }
}
