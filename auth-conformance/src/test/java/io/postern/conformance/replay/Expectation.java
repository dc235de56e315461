package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is wanted of an answer; headers and body that are not listed may be anything. */
record Expectation(int status, Map<String, JsonNode> headers, Optional<JsonNode> json) {

    static Expectation from(JsonNode expected) {
        Map<String, JsonNode> headers = new LinkedHashMap<>();
        expected.path("headers").propertyStream().forEach(header -> headers.put(header.getKey(), header.getValue()));
        return new Expectation(
                expected.required("status").intValue(), headers, Optional.ofNullable(expected.get("json")));
    }
}
