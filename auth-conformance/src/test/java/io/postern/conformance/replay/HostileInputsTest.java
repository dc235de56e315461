package io.postern.conformance.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sends malformed headers, passwords, paths and bodies: none breaks the server, opens a door or makes it talk. */
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(LogTap.Extension.class)
class HostileInputsTest {

    private final KnownDepartures departures = KnownDepartures.load("hostile/departures.txt");
    private final KnownDepartures notReplayed = KnownDepartures.load("hostile/not-replayed.txt");
    private final List<HostileInput> inputs = Resources.json("hostile/inputs.json")
            .valueStream()
            .map(HostileInput::new)
            .toList();
    private final LogTap tap;
    private HostileServer server;
    private Expander expander;

    HostileInputsTest(LogTap tap) {
        this.tap = tap;
    }

    @BeforeAll
    void start_server() throws Exception {
        server = HostileServer.start();
        expander = HostileFixtures.prepare(server, tap.secrets());
    }

    @AfterAll
    void stop_server() {
        server.close();
    }

    @TestFactory
    Stream<DynamicContainer> hostile_inputs() {
        return replayed().collect(Collectors.groupingBy(HostileInput::group)).entrySet().stream()
                .map(group -> dynamicContainer(
                        group.getKey(),
                        group.getValue().stream().map(input -> dynamicTest(input.title(), () -> send(input)))));
    }

    @Test
    void what_is_listed_is_in_the_file() {
        Set<String> groups = inputs.stream().map(HostileInput::group).collect(Collectors.toSet());
        Set<String> ids = inputs.stream().map(HostileInput::id).collect(Collectors.toSet());
        Set<String> known = new HashSet<>(groups);
        known.addAll(ids);
        assertThat(known).containsAll(notReplayed.ids());
        assertThat(replayed().map(HostileInput::id)).containsAll(departures.ids());
        assertThat(replayed().map(HostileInput::group).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("authorization-header", "basic-payload", "login-body", "path");
    }

    private Stream<HostileInput> replayed() {
        Set<String> skipped = notReplayed.ids();
        return inputs.stream().filter(input -> !skipped.contains(input.group()) && !skipped.contains(input.id()));
    }

    private void send(HostileInput input) {
        RawHttp http = server.http();
        Answer answer = http.send(input.request(expander, http.authority()));
        assertThat(HostileInput.dangers(answer)).as(input.title()).isEmpty();
        Optional<String> departure = departures.reasonFor(input.id());
        List<String> differences = input.differences(answer, expander);
        if (departure.isPresent()) {
            assertThat(differences).as(input.id() + " is listed as a departure").isNotEmpty();
            assertThat(departure.get()).startsWith(answer.status() + " ");
        } else {
            assertThat(differences).as(input.title()).isEmpty();
        }
    }
}
