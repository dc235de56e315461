package io.postern.conformance.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.conformance.replay.Replay.Outcome;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Replays the recorded scenarios over real HTTP. The cases of a profile share one server, whose state each of them
 * resets, so they run one after another.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(LogTapExtension.class)
class ScenarioReplayTest {

    private static final List<String> STORES = List.of("memory", "jdbc", "redis");

    private final Map<String, Servers> servers = new LinkedHashMap<>();
    private final KnownDepartures departures = KnownDepartures.load("known-departures.txt");
    private final List<ScenarioGroup> groups = Resources.lines("covered-groups.txt").stream()
            .map(ScenarioGroup::load)
            .toList();
    private final Map<String, Map<String, Integer>> replayed = new TreeMap<>();

    ScenarioReplayTest(LogTap tap) {
        STORES.forEach(stores -> servers.put(stores, new Servers(stores, tap.secrets())));
    }

    @TestFactory
    @Order(1)
    Stream<DynamicContainer> portableScenarios() {
        return STORES.stream()
                .map(stores -> dynamicContainer(
                        stores,
                        groups.stream().map(group -> dynamicContainer(group.name(), scenarios(stores, group)))));
    }

    private Stream<DynamicTest> scenarios(String stores, ScenarioGroup group) {
        return group.portable().stream()
                .map(scenario ->
                        dynamicTest(scenario.id() + " " + scenario.title(), () -> replay(stores, group, scenario)));
    }

    @Test
    @Order(2)
    void everyPortableScenario_wasReplayed() {
        Map<String, Integer> portable = new TreeMap<>();
        for (String name : Resources.lines("covered-groups.txt")) {
            portable.put(name, countPortable(Resources.json("cases/" + name + ".json")));
        }
        assertFalse(portable.isEmpty(), "no group is covered");
        assertFalse(portable.containsValue(0), () -> "a group without portable scenarios: " + portable);
        STORES.forEach(stores -> assertEquals(portable, replayed.get(stores), stores));
    }

    @Test
    @Order(3)
    void everyKnownDeparture_isAPortableScenarioOfACoveredGroup() {
        Set<String> stale = new HashSet<>(departures.ids());
        groups.stream()
                .flatMap(group -> group.portable().stream())
                .map(Scenario::id)
                .forEach(stale::remove);
        assertTrue(stale.isEmpty(), () -> "departures that no replayed scenario has: " + stale);
    }

    @AfterAll
    void stopServers() {
        servers.values().forEach(Servers::close);
    }

    private void replay(String stores, ScenarioGroup group, Scenario scenario) throws Exception {
        replayed.computeIfAbsent(stores, name -> new TreeMap<>()).merge(group.name(), 1, Integer::sum);
        Outcome outcome = servers.get(stores).replayFor(group.profile()).run(scenario);
        Optional<String> departure = departures.reasonFor(scenario.id());
        if (departure.isPresent()) {
            assertFalse(
                    outcome.mismatches().isEmpty(),
                    () -> "%s is listed as a departure (%s), but nothing differs. %s"
                            .formatted(
                                    scenario.id(),
                                    departure.get(),
                                    outcome.problem().orElse("Take it off the list.")));
        } else if (!outcome.isAsRecorded()) {
            fail("%s [%s, %s] %s\n    %s"
                    .formatted(scenario.id(), group.profile(), stores, scenario.title(), outcome.describe()));
        }
    }

    private static int countPortable(JsonNode file) {
        int count = 0;
        for (JsonNode scenario : file.required("cases")) {
            if (!scenario.has("portable") || scenario.get("portable").booleanValue()) {
                count++;
            }
        }
        return count;
    }
}
