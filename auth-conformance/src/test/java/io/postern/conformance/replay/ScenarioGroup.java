package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** One case file: the scenarios of one subject, all for the server of one profile. */
record ScenarioGroup(String name, String profile, List<Scenario> scenarios) {

    ScenarioGroup {
        scenarios = List.copyOf(scenarios);
    }

    static ScenarioGroup load(String name) {
        JsonNode file = Resources.json("cases/" + name + ".json");
        List<Scenario> scenarios =
                file.required("cases").valueStream().map(Scenario::from).toList();
        return new ScenarioGroup(
                file.required("group").textValue(), file.required("profile").textValue(), scenarios);
    }

    List<Scenario> portable() {
        return scenarios.stream().filter(Scenario::portable).toList();
    }
}
