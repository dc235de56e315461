package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The form of the entries of a file of hostile inputs. An entry with a member or a value that is not known here is
 * rejected before anything is sent: ignored, a damage that is not known would turn an attack into a genuine request.
 */
final class HostileForm {

    private static final Predicate<JsonNode> TEXT = JsonNode::isTextual;
    private static final Predicate<JsonNode> NUMBER = JsonNode::isIntegralNumber;
    private static final Predicate<JsonNode> FLAG = JsonNode::isBoolean;
    private static final Predicate<JsonNode> OBJECT = JsonNode::isObject;
    private static final Predicate<JsonNode> TEXTS = listOf(TEXT);
    private static final Predicate<JsonNode> NUMBERS = listOf(NUMBER);
    private static final Predicate<JsonNode> TEXT_MEMBERS = membersOf(TEXT);
    private static final Predicate<JsonNode> NUMBER_MEMBERS = membersOf(NUMBER);
    private static final Predicate<JsonNode> TEXTS_MEMBERS = membersOf(TEXTS);

    private static final Map<String, Predicate<JsonNode>> ENTRY = Map.ofEntries(
            Map.entry("id", TEXT),
            Map.entry("group", TEXT),
            Map.entry("kind", oneOf("attack", "control", "either")),
            Map.entry("description", TEXT),
            Map.entry("request", OBJECT),
            Map.entry("expect", OBJECT),
            Map.entry("craft", OBJECT),
            Map.entry("profile", oneOf("default", "rs256", "es256", "cookie", "skew0")),
            Map.entry("transport", oneOf("raw", "raw-pipeline")),
            Map.entry("repeat", OBJECT),
            Map.entry("setup", oneOf("store down")),
            Map.entry("after", OBJECT),
            Map.entry("ref", TEXT));

    private static final Map<String, Predicate<JsonNode>> REQUEST = Map.of(
            "method",
            TEXT,
            "path",
            TEXT,
            "headers",
            OBJECT.or(listOf(HostileForm::isPair)),
            "bodyBase64",
            TEXT,
            "bodyGen",
            OBJECT);

    private static final Map<String, Predicate<JsonNode>> BODY = Map.of(
            "kind",
            oneOf("nest-array", "nest-object", "members"),
            "depth",
            NUMBER,
            "count",
            NUMBER,
            "plus",
            value -> value.isObject() && !value.isEmpty());

    private static final Map<String, Predicate<JsonNode>> EXPECTATION = Map.ofEntries(
            Map.entry("statusIn", NUMBERS),
            Map.entry("neverContains", TEXTS),
            Map.entry("logNeverContains", TEXTS),
            Map.entry("maxMillis", NUMBER),
            Map.entry("headerPresentWhen", TEXTS_MEMBERS),
            Map.entry("headerContains", TEXT_MEMBERS),
            Map.entry("headerNeverContains", TEXTS_MEMBERS),
            Map.entry("anyHeaderNeverContains", TEXTS),
            Map.entry("setCookieAttributes", TEXTS),
            Map.entry("setCookieNever", TEXTS),
            Map.entry("setCookieCount", NUMBER),
            Map.entry("setCookieDiffersFrom", TEXT));

    private static final Map<String, Predicate<JsonNode>> CRAFT = Map.ofEntries(
            Map.entry("name", TEXT),
            Map.entry("use", TEXT),
            Map.entry("literal", TEXT),
            Map.entry("base", TEXT),
            Map.entry("header", OBJECT),
            Map.entry("claims", OBJECT),
            Map.entry("removeHeader", TEXTS),
            Map.entry("removeClaims", TEXTS),
            Map.entry("headerRaw", TEXT),
            Map.entry("claimsRaw", TEXT),
            Map.entry("headerRawAlg", TEXT),
            Map.entry("claimsRawValue", TEXT_MEMBERS),
            Map.entry("claimsAsString", TEXTS),
            Map.entry("claimsDuplicate", TEXT),
            Map.entry("claimsAppendRaw", TEXT),
            Map.entry("headerAppendRaw", TEXT),
            Map.entry("claimsBytesAppend", TEXT),
            Map.entry("claimsNest", HostileForm::isNesting),
            Map.entry("headerNest", HostileForm::isNesting),
            Map.entry("claimsCollide", NUMBER),
            Map.entry("claimsEncoding", TEXT),
            Map.entry("payloadUnencoded", FLAG),
            Map.entry("sign", HostileForm::isSignature),
            Map.entry("serialize", TEXT),
            Map.entry("nest", TEXT),
            Map.entry("jwe", OBJECT),
            Map.entry("post", TEXTS));

    private static final Map<String, Predicate<JsonNode>> ENCRYPTION = Map.of(
            "alg", TEXT, "enc", TEXT, "zip", TEXT, "cty", TEXT, "key", TEXT, "payload", TEXT, "epk", oneOf("offCurve"));

    private static final Map<String, Predicate<JsonNode>> REPETITION = Map.of(
            "times",
            NUMBER,
            "concurrency",
            NUMBER,
            "exactly",
            NUMBER_MEMBERS,
            "revokeAt",
            NUMBER,
            "afterRevoke",
            NUMBERS,
            "identityMustMatch",
            FLAG,
            "maxAccepted",
            NUMBER,
            "maxHeapGrowthMiB",
            NUMBER);

    private static final Set<String> SPECIAL_HEADERS = Set.of("$raw", "$repeatHeader", "$version", "$then");

    private HostileForm() {}

    /** Throws {@link CaseProblem} if an entry has something that is not known here. */
    static void require(JsonNode entry) {
        require("entry", entry, ENTRY);
        JsonNode request = entry.path("request");
        require("request", request, REQUEST);
        if (!request.path("method").isTextual() || !request.path("path").isTextual()) {
            throw new CaseProblem("a request needs a method and a path");
        }
        require("bodyGen", request.path("bodyGen"), BODY);
        requireHeaders(request.path("headers"));
        require("expect", entry.path("expect"), EXPECTATION);
        if (!entry.path("expect").has("statusIn") || !entry.path("expect").has("maxMillis")) {
            throw new CaseProblem("an expectation needs statusIn and maxMillis");
        }
        requireCraft(entry);
        require("repeat", entry.path("repeat"), REPETITION);
        require("after", entry.path("after"), Map.of("canaryHits", NUMBER));
    }

    private static void require(String name, JsonNode object, Map<String, Predicate<JsonNode>> members) {
        object.properties().forEach(member -> {
            Predicate<JsonNode> form = members.get(member.getKey());
            if (form == null) {
                throw new CaseProblem("unknown member of %s: %s".formatted(name, member.getKey()));
            }
            if (!form.test(member.getValue())) {
                throw new CaseProblem(
                        "unknown %s of %s: %s".formatted(member.getKey(), name, Json.shorten(member.getValue())));
            }
        });
    }

    private static void requireHeaders(JsonNode headers) {
        HostileHeaders.pairs(headers).forEach(pair -> {
            if (pair.name().startsWith("$") && !SPECIAL_HEADERS.contains(pair.name())) {
                throw new CaseProblem("unknown special header " + pair.name());
            }
            boolean isText = pair.value().isTextual();
            boolean isCount = pair.name().equals("n") && headers.has("$repeatHeader");
            if (!isText && !isCount && !pair.name().equals("$then")) {
                throw new CaseProblem("unknown value of header " + pair.name());
            }
        });
    }

    private static void requireCraft(JsonNode entry) {
        JsonNode craft = entry.path("craft");
        require("craft", craft, CRAFT);
        require("jwe", craft.path("jwe"), ENCRYPTION);
        boolean whole = craft.has("use") || craft.has("literal");
        if (whole && craft.size() > (craft.has("name") ? 2 : 1)) {
            throw new CaseProblem("use and literal take a token as it is, so nothing else of craft would be applied");
        }
        String request = HostileInput.texts(entry.path("request"));
        if (!craft.isMissingNode() && !request.contains("${crafted}")) {
            throw new CaseProblem("the request does not use ${crafted}");
        }
    }

    private static boolean isPair(JsonNode pair) {
        return pair.isArray() && pair.size() == 2 && pair.path(0).isTextual();
    }

    private static boolean isNesting(JsonNode nesting) {
        return has(nesting, "kind", "depth")
                && Set.of("array", "object").contains(nesting.path("kind").asText())
                && nesting.path("depth").isIntegralNumber();
    }

    private static boolean isSignature(JsonNode signature) {
        return signature.isTextual() || (has(signature, "alg", "key") && TEXT_MEMBERS.test(signature));
    }

    private static boolean has(JsonNode object, String... members) {
        return object.isObject()
                && object.size() == members.length
                && Arrays.stream(members).allMatch(object::has);
    }

    private static Predicate<JsonNode> listOf(Predicate<JsonNode> item) {
        return value -> value.isArray() && value.valueStream().allMatch(item);
    }

    private static Predicate<JsonNode> membersOf(Predicate<JsonNode> member) {
        return value -> value.isObject() && value.valueStream().allMatch(member);
    }

    private static Predicate<JsonNode> oneOf(String... values) {
        return value -> value.isTextual() && Arrays.asList(values).contains(value.textValue());
    }
}
