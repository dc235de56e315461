package io.postern.conformance.replay;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The hostile inputs that are not sent, each with the reason: by id, by group, by a member as in {@code profile=later} or
 * {@code repeat.clock}, or by a fixture as in {@code ${lockedUser}}.
 */
record HostileExclusions(KnownDepartures list) {

    static HostileExclusions load() {
        return new HostileExclusions(KnownDepartures.load("hostile/not-replayed.txt"));
    }

    Set<String> keys() {
        return list.ids();
    }

    Optional<String> reasonFor(HostileInput input) {
        return list.reasons().entrySet().stream()
                .filter(entry -> applies(entry.getKey(), input))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean applies(String key, HostileInput input) {
        if (key.startsWith("${")) {
            return HostileInput.texts(input.json()).contains(key);
        }
        String[] nameAndValue = key.split("=", 2);
        if (nameAndValue.length == 2) {
            return input.json().path(nameAndValue[0]).asText().replace(' ', '-').equals(nameAndValue[1]);
        }
        String[] path = key.split("\\.", 2);
        return path.length == 2
                ? input.json().path(path[0]).has(path[1])
                : key.equals(input.id()) || key.equals(input.group());
    }
}
