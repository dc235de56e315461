package io.postern.auth.jwt;

import static io.postern.auth.jwt.KeyMaterial.require;

import io.postern.auth.internal.JsonWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a ring holds between two reloads: keys that fit each other, laid out once for every look-up. Immutable. */
final class KeySet {

    private final List<JwtKey> keys;
    private final List<JwtKey> signers;
    private final Map<String, KeyIndex> byAlgorithm = new HashMap<>();

    private KeySet(List<JwtKey> keys, List<JwtKey> signers) {
        requireTogether(keys);
        this.keys = List.copyOf(keys);
        // The sort is stable: of keys that begin at the same time, the first given signs.
        this.signers = signers.stream()
                .sorted(Comparator.comparing((JwtKey key) -> key.times().activation())
                        .reversed())
                .toList();
        Map<JwtAlgorithm, List<JwtKey>> groups = this.keys.stream().collect(Collectors.groupingBy(JwtKey::algorithm));
        groups.forEach((algorithm, group) -> byAlgorithm.put(algorithm.headerName(), new KeyIndex(group)));
        this.signers.stream().findFirst().ifPresent(last -> requireNamed(last, groups));
    }

    static KeySet signing(List<JwtKey> keys) {
        return new KeySet(keys, keys.stream().filter(JwtKey::canSign).toList());
    }

    static KeySet verifying(List<JwtKey> keys) {
        return new KeySet(keys, List.of());
    }

    boolean canSign() {
        return !signers.isEmpty();
    }

    boolean signsWithoutId() {
        return signers.stream().anyMatch(key -> key.id().isEmpty());
    }

    JwtKey signing(Instant now) {
        for (JwtKey key : signers) {
            if (key.times().signsAt(now)) {
                return key;
            }
        }
        throw new IllegalStateException(
                signers.isEmpty()
                        ? "this KeyRing only verifies: build it with KeyRing.of(signingKey) to issue tokens"
                        : "no key of " + this + " signs at " + now
                                + ": all are retired or not yet active; add one and reload the ring");
    }

    Optional<JwtKey> find(String algorithm, Optional<String> id, boolean idRequired, Instant now) {
        KeyIndex index = byAlgorithm.get(algorithm);
        return index == null ? Optional.empty() : index.find(id, idRequired, now);
    }

    String jwks(Instant now) {
        List<Map<String, Object>> published = keys.stream()
                .filter(key -> key.times().verifiesAt(now))
                .flatMap(key -> key.published().stream())
                .toList();
        return JsonWriter.write(Map.of("keys", published));
    }

    private static void requireTogether(List<JwtKey> keys) {
        require(!keys.isEmpty(), "a KeyRing needs at least one key");
        List<String> ids = keys.stream().flatMap(key -> key.id().stream()).toList();
        require(
                ids.stream().distinct().count() == ids.size(),
                "two keys of the ring have the same id: give each its own with withId(…)");
        long secrets = keys.stream()
                .filter(key -> key.algorithm().family() == JwtAlgorithm.Family.HMAC)
                .count();
        require(
                secrets == 0 || secrets == keys.size(),
                "HMAC secrets and public keys must not share a ring: that is how algorithms get confused");
    }

    /** A key without an id may stand beside another while it is being replaced, but not sign for good. */
    private static void requireNamed(JwtKey last, Map<JwtAlgorithm, List<JwtKey>> groups) {
        boolean alone = groups.getOrDefault(last.algorithm(), List.of()).size() == 1;
        require(
                alone || last.id().isPresent(),
                last + " shares its algorithm with another key, so that its tokens must name it: use withId(…)");
    }

    @Override
    public String toString() {
        return "KeyRing" + keys;
    }
}
