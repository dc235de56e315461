package io.postern.conformance.replay;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.postern.Preset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sends forged tokens and malformed headers, passwords, cookies, paths and bodies under both presets: none breaks the
 * server, opens a door or makes it talk.
 */
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(LogTapExtension.class)
class HostileInputsTest {

    private final KnownDepartures notReplayed = KnownDepartures.load("hostile/not-replayed.txt");
    private final List<HostileInput> inputs = Resources.json("hostile/inputs.json")
            .valueStream()
            .map(HostileInput::new)
            .toList();
    private final Map<HostileSetup, HostileReplay> replays = new HashMap<>();
    private final LogTap tap;

    HostileInputsTest(LogTap tap) {
        this.tap = tap;
    }

    @AfterAll
    void stop_servers() {
        replays.values().forEach(HostileReplay::close);
    }

    @TestFactory
    Stream<DynamicContainer> hostile_inputs() {
        return Stream.of(Preset.values()).map(preset -> dynamicContainer(preset.name(), groups(preset)));
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void none_is_left_out_by_mistake(Preset preset) {
        Map<String, Long> sent = plan(preset).stream().collect(groupingBy(Case::group, TreeMap::new, counting()));
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

    @ParameterizedTest
    @EnumSource(Preset.class)
    void what_is_listed_is_in_the_file(Preset preset) {
        Set<String> known = new HashSet<>();
        inputs.forEach(input -> known.addAll(List.of(input.id(), input.group())));
        assertThat(known).containsAll(notReplayed.ids());
        assertThat(plan(preset).stream().map(each -> each.input().id()))
                .containsAll(departures(preset).ids());
    }

    @ParameterizedTest
    @CsvSource({"DRF, default", "DRF, rs256", "DRF, es256", "STRICT, default", "STRICT, rs256", "STRICT, es256"})
    void servers_of_encrypted_tokens_take_their_own(Preset preset, String profile) throws Exception {
        Answer answer = replay(new HostileSetup(preset, profile, true)).sendGenuine();
        assertThat(answer.text()).isEqualTo(HostileServer.PROTECTED + " " + HostilePast.USER);
    }

    /** An input and a server to send it to. */
    private record Case(HostileInput input, HostileSetup setup) {
        String group() {
            return setup.isAsShipped() ? input.group() : input.group() + " " + setup.name();
        }
    }

    private List<Case> plan(Preset preset) {
        List<Case> cases = new ArrayList<>();
        for (HostileInput input : inputs) {
            if (notReplayed.ids().contains(input.group()) || notReplayed.ids().contains(input.id())) {
                continue;
            }
            HostileSetup setup = new HostileSetup(preset, input.profile(), false);
            cases.add(new Case(input, setup));
            if (input.isAboutEncryption()) {
                cases.add(new Case(input, setup.encryptedToo()));
            }
            if (input.isAboutOnce()) {
                cases.add(new Case(input, setup.once()));
            }
        }
        return cases;
    }

    private Stream<DynamicContainer> groups(Preset preset) {
        KnownDepartures departures = departures(preset);
        return plan(preset).stream().collect(groupingBy(Case::group)).entrySet().stream()
                .map(group -> dynamicContainer(
                        group.getKey(),
                        group.getValue().stream()
                                .map(each -> dynamicTest(each.input().title(), () -> send(each, departures)))));
    }

    private void send(Case planned, KnownDepartures departures) throws Exception {
        HostileInput input = planned.input();
        HostileReplay.Outcome outcome = replay(planned.setup()).send(input);
        assertThat(outcome.statuses()).as(input.title()).isNotEmpty();
        assertThat(outcome.dangers()).as(input.title()).isEmpty();
        Optional<String> departure = departures
                .reasonFor(input.id())
                .filter(reason -> planned.setup().isAsShipped());
        if (departure.isPresent()) {
            assertThat(outcome.differences())
                    .as(input.id() + " is listed as a departure")
                    .isNotEmpty();
            assertThat(outcome.statuses()).allMatch(status -> departure.get().startsWith(status + " "));
        } else {
            assertThat(outcome.differences()).as(input.title()).isEmpty();
        }
    }

    private HostileReplay replay(HostileSetup setup) throws Exception {
        if (!replays.containsKey(setup)) {
            replays.put(setup, HostileReplay.start(setup, tap.secrets()));
        }
        return replays.get(setup);
    }

    private static KnownDepartures departures(Preset preset) {
        return KnownDepartures.load(
                "hostile/departures-%s.txt".formatted(preset.name().toLowerCase(Locale.ROOT)));
    }
}
