package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request of a scenario and its recorded answer.
 *
 * @param request what to send, with variables not yet filled in
 * @param mint tokens to make before, by the name of the variable they are kept in
 * @param capture what to keep of the answer: variable name to source
 * @param expectation the answer of the newer releases where they differ, else the answer all agree on
 */
record Step(JsonNode request, Map<String, JsonNode> mint, Map<String, String> capture, Expectation expectation) {

    static Step from(JsonNode json) {
        ObjectNode request = json.required("request").deepCopy();
        Map<String, JsonNode> mint = new LinkedHashMap<>();
        request.path("mint").propertyStream().forEach(token -> mint.put(token.getKey(), token.getValue()));
        request.remove("mint");
        Map<String, String> capture = new LinkedHashMap<>();
        json.path("capture")
                .propertyStream()
                .forEach(
                        source -> capture.put(source.getKey(), source.getValue().textValue()));
        JsonNode expected = json.has("expect_newer") ? json.get("expect_newer") : json.required("expect");
        return new Step(request, mint, capture, Expectation.from(expected));
    }
}
