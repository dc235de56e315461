package io.postern.conformance.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** Comes after all that talk to a server: none of the secrets they dealt with was logged, at whatever level. */
@Order(Integer.MAX_VALUE)
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(LogTapExtension.class)
class SecretsInLogsTest {

    private final LogTap tap;

    SecretsInLogsTest(LogTap tap) {
        this.tap = tap;
    }

    /** Run alone, there would be nothing to look at. */
    @BeforeAll
    void replay_the_scenarios_unless_others_did() throws Exception {
        if (tap.events() > 0) {
            return;
        }
        try (Servers servers = new Servers("memory", tap.secrets())) {
            for (String name : Resources.lines("covered-groups.txt")) {
                ScenarioGroup group = ScenarioGroup.load(name);
                for (Scenario scenario : group.portable()) {
                    servers.replayFor(group.profile()).run(scenario);
                }
            }
        }
    }

    @Test
    void no_secret_was_logged() {
        Set<String> secrets = tap.secrets().all();
        List<String> telling = tap.lines().stream()
                .filter(line -> secrets.stream().anyMatch(line::contains))
                .sorted()
                .toList();
        assertThat(telling).as("lines that tell a secret").isEmpty();
    }

    @Test
    void there_was_something_to_find() {
        assertThat(tap.events()).isGreaterThan(1_000);
        assertThat(tap.secrets().all()).hasSizeGreaterThan(500);
        assertThat(tap.lines()).anyMatch(line -> line.contains("LoginFailed"));
        assertThat(tap.lines().stream().map(line -> line.split(" ", 2)[0]).collect(Collectors.toSet()))
                .contains("io.postern.auth.event");
    }
}
