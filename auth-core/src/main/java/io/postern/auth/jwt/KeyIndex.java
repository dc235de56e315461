package io.postern.auth.jwt;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The verifying keys of one algorithm, laid out for the look-up that each request makes. */
final class KeyIndex {

    private final List<JwtKey> keys;
    private final Map<String, JwtKey> byId = new HashMap<>();
    private final Optional<JwtKey> nameless;

    KeyIndex(List<JwtKey> keys) {
        this.keys = List.copyOf(keys);
        keys.forEach(key -> key.id().ifPresent(id -> byId.put(id, key)));
        List<JwtKey> unnamed = keys.stream().filter(key -> key.id().isEmpty()).toList();
        if (unnamed.size() > 1) {
            throw new IllegalArgumentException("two keys of " + unnamed.get(0).algorithm()
                    + " have no id: give all but one its own with withId(…)");
        }
        this.nameless = unnamed.stream().findFirst();
    }

    Optional<JwtKey> find(Optional<String> id, boolean idRequired, Instant now) {
        if (id.isPresent()) {
            JwtKey named = byId.get(id.get());
            if (named != null) {
                return named.times().verifiesAt(now) ? Optional.of(named) : Optional.empty();
            }
        }
        return idRequired ? Optional.empty() : unnamed(id, now);
    }

    /** A single key takes every token; of several, the one without an id takes the tokens without one. */
    private Optional<JwtKey> unnamed(Optional<String> id, Instant now) {
        if (id.isEmpty() && nameless.isPresent()) {
            return verifying(nameless, now);
        }
        return keys.size() == 1 ? verifying(Optional.of(keys.get(0)), now) : Optional.empty();
    }

    private static Optional<JwtKey> verifying(Optional<JwtKey> key, Instant now) {
        return key.filter(found -> found.times().verifiesAt(now));
    }
}
