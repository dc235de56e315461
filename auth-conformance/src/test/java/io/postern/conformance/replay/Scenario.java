package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A titled sequence of requests, each with the answer that was recorded for it. */
record Scenario(String id, String title, boolean portable, List<Step> steps) {

    Scenario {
        steps = List.copyOf(steps);
    }

    static Scenario from(JsonNode json) {
        return new Scenario(
                json.required("id").textValue(),
                json.required("title").textValue(),
                json.path("portable").asBoolean(true),
                json.required("steps").valueStream().map(Step::from).toList());
    }
}
