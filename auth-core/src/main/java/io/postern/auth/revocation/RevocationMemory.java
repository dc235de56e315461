package io.postern.auth.revocation;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One node's copy of the feed, up to a number of entries; reading takes no lock and allocates nothing. */
final class RevocationMemory {

    private final Map<Revocation.Kind, ConcurrentHashMap<String, Revocation>> entries =
            new EnumMap<>(Revocation.Kind.class);
    private final int capacity;

    RevocationMemory(int capacity) {
        this.capacity = capacity;
        for (Revocation.Kind kind : Revocation.Kind.values()) {
            entries.put(kind, new ConcurrentHashMap<>());
        }
    }

    boolean matches(Revocation.Subject token) {
        return matches(Revocation.Kind.FAMILY, token.familyId(), token)
                || matches(Revocation.Kind.TOKEN, token.tokenId(), token)
                || matches(Revocation.Kind.USER, token.userId(), token);
    }

    /** Adds an entry; returns false if it is new and the limit is reached. */
    boolean learn(Revocation entry) {
        ConcurrentHashMap<String, Revocation> known = of(entry.kind());
        if (size() >= capacity && !known.containsKey(entry.key())) {
            return false;
        }
        known.merge(entry.key(), entry, Revocation::mergedWith);
        return true;
    }

    void deleteExpired(Instant before) {
        entries.values()
                .forEach(known ->
                        known.values().removeIf(entry -> entry.expires().isBefore(before)));
    }

    /** Returns whether a tenth is free, so that reading the feed again is worthwhile. */
    boolean hasRoom() {
        return size() <= capacity - (capacity + 9L) / 10;
    }

    long size() {
        long size = 0;
        for (ConcurrentHashMap<String, Revocation> known : entries.values()) {
            size += known.mappingCount();
        }
        return size;
    }

    private boolean matches(Revocation.Kind kind, String key, Revocation.Subject token) {
        Revocation entry = of(kind).get(key);
        return entry != null && entry.matches(token);
    }

    private ConcurrentHashMap<String, Revocation> of(Revocation.Kind kind) {
        ConcurrentHashMap<String, Revocation> known = entries.get(kind);
        if (known == null) {
            throw new AssertionError("the constructor creates a map for each kind");
        }
        return known;
    }
}
