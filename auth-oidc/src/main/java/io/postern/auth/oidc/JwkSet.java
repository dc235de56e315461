package io.postern.auth.oidc;

import io.postern.auth.internal.JsonNull;
import io.postern.auth.internal.JsonReader;
import io.postern.auth.internal.JsonWriter;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer (RFC 7517). Each entry is judged alone: one that is malformed, for another use or of another
 * type is ignored.
 *
 * <p><b>Security.</b> A key whose private half is published is not used. Of two different keys that could verify one
 * algorithm under one {@code kid}, neither is used (RFC 7517, section 4.5).
 */
final class JwkSet {

    private static final Set<String> SECRET_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
    private static final List<String> PUBLIC_MEMBERS = List.of("kty", "n", "e", "crv", "x", "y");
    private static final int MAX_SHOWN = 64;

    private final List<Entry> entries;
    private final Set<String> warnings;

    /** A JWK, pinned to one algorithm that it may be used with; the id of {@code key} is its thumbprint. */
    private record Entry(@Nullable String id, JwtKey key) {

        boolean isFor(JwtAlgorithm algorithm, @Nullable String wanted) {
            return key.algorithm() == algorithm && (wanted == null || wanted.equals(id));
        }

        String thumbprint() {
            return key.id().orElseThrow();
        }
    }

    private JwkSet(List<Entry> entries, Set<String> warnings) {
        this.entries = entries;
        this.warnings = warnings;
    }

    static JwkSet of(Map<String, Object> json, Set<JwtAlgorithm> allowed) {
        if (!(json.get("keys") instanceof List<?> list)) {
            throw new IllegalArgumentException("the response is not a JWK Set");
        }
        List<Map<String, Object>> members = list.stream()
                .flatMap(jwk -> JsonReader.asObject(jwk).stream())
                .map(JwkSet::present)
                .toList();
        Set<String> warnings = new TreeSet<>();
        Set<String> leaked = leaked(members, allowed, warnings);
        List<Entry> usable = members.stream()
                .filter(JwkSet::verifies)
                .flatMap(jwk -> pinned(jwk, allowed).stream())
                .filter(entry -> !leaked.contains(entry.thumbprint()))
                .toList();
        List<Entry> unambiguous = usable.stream()
                .filter(entry -> isUnambiguous(entry, usable, warnings))
                .toList();
        if (unambiguous.isEmpty()) {
            String why = warnings.isEmpty() ? "" : ": " + String.join("; ", warnings);
            throw new IllegalArgumentException("the JWK Set has no key that fits the allowed algorithms" + why);
        }
        return new JwkSet(unambiguous, warnings);
    }

    /** Returns the members that are not null; writers with objects for keys send {@code "d": null} with public keys. */
    private static Map<String, Object> present(Map<String, Object> jwk) {
        Map<String, Object> present = new LinkedHashMap<>(jwk);
        present.values().removeIf(JsonNull.NULL::equals);
        return present;
    }

    /** Returns the thumbprints of keys whose private halves are published. */
    private static Set<String> leaked(
            List<Map<String, Object>> members, Set<JwtAlgorithm> allowed, Set<String> warnings) {
        List<Map<String, Object>> secret = members.stream()
                .filter(jwk -> jwk.keySet().stream().anyMatch(SECRET_MEMBERS::contains))
                .map(LinkedHashMap::new)
                .collect(Collectors.toList());
        if (!secret.isEmpty()) {
            warnings.add("the JWK Set publishes a secret or private key, which is not used");
        }
        secret.forEach(jwk -> jwk.remove("alg")); // the same key may be published for other uses
        return secret.stream()
                .flatMap(jwk -> pinned(jwk, allowed).stream())
                .map(Entry::thumbprint)
                .collect(Collectors.toSet());
    }

    private static boolean verifies(Map<String, Object> jwk) {
        boolean operation = !jwk.containsKey("key_ops")
                || (jwk.get("key_ops") instanceof List<?> operations && operations.contains("verify"));
        boolean named = !jwk.containsKey("kid") || jwk.get("kid") instanceof String;
        return named && operation && "sig".equals(jwk.getOrDefault("use", "sig"));
    }

    private static List<Entry> pinned(Map<String, Object> jwk, Set<JwtAlgorithm> allowed) {
        String id = jwk.get("kid") instanceof String kid ? kid : null;
        List<Entry> pinned = new ArrayList<>();
        for (JwtAlgorithm algorithm : allowed) {
            if (algorithm.headerName().equals(jwk.getOrDefault("alg", algorithm.headerName()))) {
                key(jwk, algorithm).ifPresent(key -> pinned.add(new Entry(id, key)));
            }
        }
        return pinned;
    }

    private static Optional<JwtKey> key(Map<String, Object> jwk, JwtAlgorithm algorithm) {
        Map<String, Object> plain = new LinkedHashMap<>();
        PUBLIC_MEMBERS.stream().filter(jwk::containsKey).forEach(name -> plain.put(name, jwk.get(name)));
        plain.put("alg", algorithm.headerName());
        try {
            return Optional.of(JwtKey.ofJwk(JsonWriter.write(plain)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isUnambiguous(Entry entry, List<Entry> all, Set<String> warnings) {
        String id = entry.id();
        if (id == null || distinct(all, entry.key().algorithm(), id).size() == 1) {
            return true;
        }
        warnings.add("two different keys for " + entry.key().algorithm() + " have the kid " + shown(id)
                + ", and neither is used");
        return false;
    }

    private static String shown(String id) {
        String printable = id.replaceAll("[^\\x21-\\x7E]", "?");
        return printable.substring(0, Math.min(printable.length(), MAX_SHOWN));
    }

    private static List<JwtKey> distinct(List<Entry> entries, JwtAlgorithm algorithm, @Nullable String id) {
        Map<String, JwtKey> byThumbprint = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (entry.isFor(algorithm, id)) {
                byThumbprint.put(entry.thumbprint(), entry.key());
            }
        }
        return List.copyOf(byThumbprint.values());
    }

    /**
     * Returns the keys of an algorithm and an id, at most one; or for a token without {@code kid} all keys of the algorithm
     * (RFC 7515, section 4.1.4).
     */
    List<JwtKey> find(JwtAlgorithm algorithm, @Nullable String id) {
        return distinct(entries, algorithm, id);
    }

    /** Returns whether fetching the keys again cannot help a token. */
    boolean knows(@Nullable String id) {
        return id == null || entries.stream().anyMatch(entry -> id.equals(entry.id()));
    }

    /** Returns what is wrong with the set although it is used; contains nothing secret. */
    Set<String> warnings() {
        return warnings;
    }
}
