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
 * @param recipe what to change
 * @param expander knows the names in it
 */
record ForgedClaims(JsonNode recipe, Expander expander) {

    /** Several if a member is to be there twice: the good one may come first or last. */
    List<byte[]> payloads(JsonNode genuine) {
        String text = text(genuine);
        return doubled(text).map(this::replaced).map(this::encoded).toList();
    }

    private String text(JsonNode genuine) {
        ObjectNode claims = new ForgedTree(expander).merged(genuine.deepCopy(), recipe.path("claims"));
        recipe.path("removeClaims").forEach(name -> claims.remove(name.textValue()));
        recipe.path("claimsAsString")
                .forEach(name -> claims.set(
                        name.textValue(),
                        TextNode.valueOf(claims.required(name.textValue()).asText())));
        StringBuilder further = new StringBuilder();
        recipe.path("claimsRawValue").properties().forEach(member -> {
            claims.remove(member.getKey());
            further.append(",\"%s\":%s"
                    .formatted(
                            member.getKey(), expander.expand(member.getValue().textValue())));
        });
        further.append(expander.expand(recipe.path("claimsAppendRaw").asText("")));
        further.append(nested(recipe.path("claimsNest")));
        return appended(new String(Json.writeAscii(claims), StandardCharsets.US_ASCII), further.toString());
    }

    private Stream<String> doubled(String text) {
        if (!recipe.has("claimsDuplicate")) {
            return Stream.of(text);
        }
        String name = recipe.get("claimsDuplicate").textValue();
        String bad = expander.expand(
                switch (name) {
                    case "sub" -> "\"sub\":\"${adminUser}\"";
                    case "exp" -> "\"exp\":${now-3600}";
                    default -> throw new CaseProblem("no bad value for " + name);
                });
        return Stream.of(appended(text, "," + bad), "{" + bad + "," + text.substring(1));
    }

    private String replaced(String text) {
        if (!recipe.has("claimsRaw")) {
            return text;
        }
        return expander.with("claims", text)
                .with("claimsSingleQuotes", text.replace('"', '\''))
                .with("claimsUnquotedKeys", text.replaceAll("\"(\\w+)\":", "$1:"))
                .with("claimsTrailingComma", appended(text, ","))
                .expand(recipe.get("claimsRaw").textValue());
    }

    private byte[] encoded(String text) {
        if (recipe.has("claimsEncoding")) {
            return text.getBytes(Charset.forName(recipe.get("claimsEncoding").textValue()));
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (!recipe.has("claimsBytesAppend")) {
            return utf8;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(utf8, 0, utf8.length - 1);
        out.writeBytes(HexFormat.of().parseHex(recipe.get("claimsBytesAppend").textValue()));
        out.write('}');
        return out.toByteArray();
    }

    private static String nested(JsonNode order) {
        if (order.isMissingNode()) {
            return "";
        }
        int depth = order.required("depth").intValue();
        boolean array = order.required("kind").textValue().equals("array");
        return ",\"x\":" + (array ? "[" : "{\"a\":").repeat(depth) + (array ? "" : "1")
                + (array ? "]" : "}").repeat(depth);
    }

    private static String appended(String object, String members) {
        return object.substring(0, object.length() - 1) + members + "}";
    }
}
