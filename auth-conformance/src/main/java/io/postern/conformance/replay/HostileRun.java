package io.postern.conformance.replay;

import io.postern.Preset;
import io.postern.conformance.replay.Verdict.Departed;
import io.postern.conformance.replay.Verdict.Failed;
import io.postern.conformance.replay.Verdict.Passed;
import io.postern.conformance.replay.Verdict.Skipped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends hostile inputs to servers of one container under one preset, which are started when they are first needed. */
final class HostileRun implements AutoCloseable {

    private final Container.Kind container;
    private final Preset preset;
    private final LogTap tap;
    private final KnownDepartures departures;
    private final HostileExclusions exclusions = HostileExclusions.load();
    private final Map<HostileSetup, HostileReplay> replays = new HashMap<>();

    HostileRun(Container.Kind container, Preset preset, LogTap tap) {
        this.container = container;
        this.preset = preset;
        this.tap = tap;
        this.departures = KnownDepartures.hostile(container, preset);
    }

    KnownDepartures departures() {
        return departures;
    }

    /** The servers to send an input to. */
    List<HostileSetup> setups(HostileInput input) {
        List<HostileSetup> setups = new ArrayList<>();
        HostileSetup setup = new HostileSetup(container, preset, input.profile(), false);
        setups.add(setup);
        if (input.isAboutEncryption()) {
            setups.add(setup.encryptedToo());
        }
        if (input.isAboutOnce()) {
            setups.add(setup.once());
        }
        return setups;
    }

    /** Sends an input to all its servers. The worst verdict counts. */
    Verdict send(HostileInput input) {
        Optional<String> excluded = exclusions.reasonFor(input);
        if (excluded.isPresent()) {
            return new Skipped(excluded.get());
        }
        Verdict verdict = new Passed();
        for (HostileSetup setup : setups(input)) {
            Verdict next = send(input, setup);
            if (next instanceof Failed) {
                return next;
            }
            verdict = next instanceof Departed ? next : verdict;
        }
        return verdict;
    }

    /** Sends an input to one server. */
    Verdict send(HostileInput input, HostileSetup setup) {
        HostileReplay.Outcome outcome;
        try {
            input.requireKnownForm();
            outcome = replay(setup).send(input);
        } catch (RuntimeException e) {
            return new Failed(List.of(e instanceof CaseProblem ? e.getMessage() : e.toString()));
        }
        List<String> differences = outcome.differences();
        Optional<String> departure = departures.reasonFor(input.id()).filter(reason -> setup.isAsShipped());
        if (departure.isPresent() && !differences.isEmpty() && outcome.hasOnlyStatusOf(departure.get())) {
            differences = List.of();
        } else {
            departure = Optional.empty();
        }
        List<String> reasons = new ArrayList<>(outcome.dangers());
        reasons.addAll(differences);
        if (!reasons.isEmpty()) {
            return new Failed(reasons.stream().distinct().toList());
        }
        return departure.<Verdict>map(Departed::new).orElseGet(Passed::new);
    }

    /** Sends a genuine token to a server. */
    Answer sendGenuine(HostileSetup setup) {
        return replay(setup).sendGenuine();
    }

    @Override
    public void close() {
        replays.values().forEach(HostileReplay::close);
    }

    private HostileReplay replay(HostileSetup setup) {
        return replays.computeIfAbsent(setup, absent -> HostileReplay.start(absent, tap));
    }
}
