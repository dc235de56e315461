package io.postern.conformance.replay;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.postern.Preset;
import io.postern.conformance.replay.Verdict.Departed;
import io.postern.conformance.replay.Verdict.Passed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sends forged tokens and malformed headers, passwords, cookies, paths and bodies to Jetty and Tomcat under both presets:
 * none breaks the server, grants access or makes it expose a secret.
 */
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(LogTapExtension.class)
class HostileInputsTest {

    /** What the entries of {@code vocabulary.json} get under DRF, which rotates no refresh token unless told to. */
    private static final Set<String> REUSED_UNDER_DRF = Set.of("VR-usedRefreshToken", "VR-successorOfUsedRefreshToken");

    private final List<HostileInput> inputs = read("hostile/inputs.json");
    private final Map<Target, HostileRun> runs = new LinkedHashMap<>();
    private final HostileExclusions exclusions = HostileExclusions.load();

    HostileInputsTest(LogTap tap) {
        for (Container.Kind container : Container.Kind.values()) {
            for (Preset preset : Preset.values()) {
                runs.put(new Target(container, preset), new HostileRun(container, preset, tap));
            }
        }
    }

    /** A container and a preset. */
    record Target(Container.Kind container, Preset preset) {

        @Override
        public String toString() {
            return container.id() + " " + preset;
        }
    }

    @AfterAll
    void stop_servers() {
        runs.values().forEach(HostileRun::close);
    }

    @TestFactory
    Stream<DynamicContainer> hostile_inputs() {
        return runs.keySet().stream().map(target -> dynamicContainer(target.toString(), groups(target)));
    }

    /** One of each fixture, damage, key and member that the form of the file has, beside those of the open cases. */
    @TestFactory
    Stream<DynamicContainer> the_whole_vocabulary() {
        List<HostileInput> vocabulary = read("hostile/vocabulary.json");
        return runs.keySet().stream()
                .map(target -> dynamicContainer(
                        target.toString(),
                        vocabulary.stream()
                                .filter(input ->
                                        target.preset() == Preset.STRICT || !REUSED_UNDER_DRF.contains(input.id()))
                                .map(input -> dynamicTest(
                                        input.title(),
                                        () -> assertThat(runs.get(target).send(input))
                                                .as(input.title())
                                                .isEqualTo(new Passed())))));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void none_is_left_out_by_mistake(Target target) {
        Map<String, Long> sent = plan(target).stream().collect(groupingBy(Case::group, TreeMap::new, counting()));
        assertThat(sent)
                .containsOnly(
                        Map.entry("authorization-header", 64L),
                        Map.entry("basic-payload", 40L),
                        Map.entry("opaque-token", 27L),
                        Map.entry("jwt", 203L),
                        Map.entry("jwt encrypted", 7L),
                        Map.entry("cookie-session", 26L),
                        Map.entry("csrf", 23L),
                        Map.entry("login-body", 69L),
                        Map.entry("refresh-logout-body", 30L),
                        Map.entry("refresh-logout-body once", 1L),
                        Map.entry("path", 60L),
                        Map.entry("size-charset-framing", 17L));
    }

    @Test
    void those_that_are_not_sent_are_known() {
        Map<String, Long> skipped = inputs.stream()
                .filter(input -> exclusions.reasonFor(input).isPresent())
                .collect(groupingBy(HostileInput::group, TreeMap::new, counting()));
        assertThat(skipped)
                .containsOnly(
                        Map.entry("basic-payload", 1L),
                        Map.entry("oidc-mfa-later", 19L),
                        Map.entry("size-charset-framing", 1L),
                        Map.entry("throttle-lockout", 12L));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void departures_are_of_inputs_that_are_sent(Target target) {
        assertThat(plan(target).stream().map(each -> each.input().id()))
                .containsAll(runs.get(target).departures().ids());
    }

    @ParameterizedTest
    @CsvSource({"DRF, default", "DRF, rs256", "DRF, es256", "STRICT, default", "STRICT, rs256", "STRICT, es256"})
    void servers_of_encrypted_tokens_take_their_own(Preset preset, String profile) {
        for (Container.Kind container : Container.Kind.values()) {
            HostileSetup setup = new HostileSetup(container, preset, profile, true);
            Answer answer = runs.get(new Target(container, preset)).sendGenuine(setup);
            assertThat(answer.text()).isEqualTo(HostileServer.PROTECTED + " " + HostilePast.USER);
        }
    }

    Stream<Target> targets() {
        return runs.keySet().stream();
    }

    /** An input and a server to send it to. */
    private record Case(HostileInput input, HostileSetup setup) {
        String group() {
            return setup.isAsShipped() ? input.group() : input.group() + " " + setup.name();
        }
    }

    private List<Case> plan(Target target) {
        List<Case> cases = new ArrayList<>();
        for (HostileInput input : inputs) {
            if (exclusions.reasonFor(input).isEmpty()) {
                runs.get(target).setups(input).forEach(setup -> cases.add(new Case(input, setup)));
            }
        }
        return cases;
    }

    private Stream<DynamicContainer> groups(Target target) {
        return plan(target).stream().collect(groupingBy(Case::group)).entrySet().stream()
                .map(group -> dynamicContainer(
                        group.getKey(),
                        group.getValue().stream()
                                .map(each -> dynamicTest(each.input().title(), () -> send(each, target)))));
    }

    /** A departure that is listed has to be one, so that the list stays true. */
    private void send(Case planned, Target target) {
        HostileInput input = planned.input();
        HostileRun run = runs.get(target);
        Verdict wanted = run.departures()
                .reasonFor(input.id())
                .filter(reason -> planned.setup().isAsShipped())
                .<Verdict>map(Departed::new)
                .orElseGet(Passed::new);
        assertThat(run.send(input, planned.setup())).as(input.title()).isEqualTo(wanted);
    }

    private static List<HostileInput> read(String file) {
        return Resources.json(file).valueStream().map(HostileInput::new).toList();
    }
}
