package io.postern.conformance.replay;

import io.postern.Preset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The scenarios that are meant to be answered otherwise than recorded, each with the reason. */
record KnownDepartures(Map<String, String> reasons) {

    static KnownDepartures load(String list) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (String line : Resources.lines(list)) {
            String[] idAndReason = line.split("\\s+", 2);
            if (idAndReason.length < 2) {
                throw new IllegalStateException("a departure without a reason: " + line);
            }
            if (reasons.put(idAndReason[0], idAndReason[1]) != null) {
                throw new IllegalStateException("a departure listed twice: " + idAndReason[0]);
            }
        }
        return new KnownDepartures(reasons);
    }

    /** Those of a preset; one whose id is followed by {@code @} and a container holds for that container alone. */
    static KnownDepartures hostile(Container.Kind container, Preset preset) {
        Map<String, String> reasons = new LinkedHashMap<>();
        load("hostile/departures-%s.txt".formatted(preset.name().toLowerCase(Locale.ROOT)))
                .reasons()
                .forEach((key, reason) -> {
                    String[] idAndContainer = key.split("@", 2);
                    if (idAndContainer.length == 1 || idAndContainer[1].equals(container.id())) {
                        reasons.put(idAndContainer[0], reason);
                    }
                });
        return new KnownDepartures(reasons);
    }

    Optional<String> reasonFor(String id) {
        return Optional.ofNullable(reasons.get(id));
    }

    Set<String> ids() {
        return reasons.keySet();
    }
}
