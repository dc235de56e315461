package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Forms of a signed token that are not the compact one, and tokens within tokens. */
final class ForgedWrapping {

    private static final Pattern NESTING = Pattern.compile("jws-in-jws(?:\\*(\\d+))?");

    private ForgedWrapping() {}

    /** The JSON forms of RFC 7515, section 7.2, each with more than was signed. */
    static String asJson(String token, String form) {
        if (form.equals("json-string")) {
            return "\"" + token + "\"";
        }
        String[] parts = token.split("\\.", -1);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("payload", parts[1]);
        ObjectNode good =
                JsonNodeFactory.instance.objectNode().put("protected", parts[0]).put("signature", parts[2]);
        switch (form) {
            case "flattened-json" -> {
                json.setAll(good);
                json.putObject("header").put("is_staff", true).putArray("roles").add("admin");
            }
            case "general-json" -> {
                String none = Jwt.encodeSegment("{\"alg\":\"none\"}".getBytes(StandardCharsets.US_ASCII));
                json.putArray("signatures")
                        .add(good)
                        .add(JsonNodeFactory.instance
                                .objectNode()
                                .put("protected", none)
                                .put("signature", ""));
            }
            default -> throw new CaseProblem("unknown form: " + form);
        }
        return Json.textOf(json);
    }

    /** As in {@code jws-in-jws*10}: a good token as the payload of a good token, so many times. */
    static String nested(String token, String order, HostileKeys keys) {
        Matcher times = NESTING.matcher(order);
        if (!times.matches()) {
            throw new CaseProblem("unknown nesting: " + order);
        }
        String wrapped = token;
        ForgedSignature signer = new ForgedSignature(keys, new Expander(name -> Optional.empty()));
        String header = headerOfNested(token);
        for (int i = times.group(1) == null ? 1 : Integer.parseInt(times.group(1)); i > 0; i--) {
            String input = header + "." + Jwt.encodeSegment(wrapped.getBytes(StandardCharsets.US_ASCII));
            wrapped = input + "." + signer.serverSignature(input.getBytes(StandardCharsets.US_ASCII));
        }
        return wrapped;
    }

    private static String headerOfNested(String token) {
        ObjectNode header = Jwt.decode(token).orElseThrow().header().deepCopy();
        return Jwt.encodeSegment(Json.writeAscii(header.put("cty", "JWT")));
    }
}
