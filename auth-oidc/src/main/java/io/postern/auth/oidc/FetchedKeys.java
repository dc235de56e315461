package io.postern.auth.oidc;

import io.postern.auth.internal.JsonReader;
import io.postern.auth.internal.JsonWriter;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The public keys of an issuer (RFC 7517). Keys for other uses or of other kinds are left out; a set with a secret in it
 * or with two keys of one name is refused as a whole, for who publishes that cannot be relied on.
 */
final class FetchedKeys {

    private static final Set<String> SECRET_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
    private static final List<String> PUBLIC_MEMBERS = List.of("kty", "n", "e", "crv", "x", "y");

    private final List<PublicKeys> keys;

    /** One JWK, pinned to each algorithm that it may be used with: to one, if it names it. */
    private record PublicKeys(Optional<String> id, Map<JwtAlgorithm, JwtKey> byAlgorithm) {}

    private FetchedKeys(List<PublicKeys> keys) {
        this.keys = keys;
    }

    static FetchedKeys of(Map<String, Object> json, Set<JwtAlgorithm> allowed) {
        if (!(json.get("keys") instanceof List<?> list)) {
            throw new IllegalArgumentException("the answer is no JWK set");
        }
        List<Map<String, Object>> members =
                list.stream().map(FetchedKeys::object).toList();
        members.forEach(FetchedKeys::refuseSecrets);
        refuseTwins(members);
        List<PublicKeys> usable = members.stream()
                .filter(FetchedKeys::verifies)
                .map(jwk -> new PublicKeys(text(jwk, "kid"), pinned(jwk, allowed)))
                .filter(key -> !key.byAlgorithm().isEmpty())
                .toList();
        if (usable.isEmpty()) {
            throw new IllegalArgumentException("the JWK set has no key that fits the allowed algorithms");
        }
        return new FetchedKeys(usable);
    }

    /** A token that names no key is verified if there is but one (RFC 7515, section 4.1.4). */
    Optional<JwtKey> find(Optional<String> id, JwtAlgorithm algorithm) {
        if (id.isEmpty() && keys.size() != 1) {
            return Optional.empty();
        }
        return keys.stream()
                .filter(key -> id.isEmpty() || key.id().equals(id))
                .findFirst()
                .flatMap(key -> Optional.ofNullable(key.byAlgorithm().get(algorithm)));
    }

    /** Tells whether fetching again could not help. */
    boolean knows(Optional<String> id) {
        return id.isEmpty() || keys.stream().anyMatch(key -> key.id().equals(id));
    }

    private static Map<String, Object> object(Object jwk) {
        return JsonReader.asObject(jwk).orElseThrow(() -> new IllegalArgumentException("the JWK set has a non-object"));
    }

    private static void refuseSecrets(Map<String, Object> jwk) {
        if ("oct".equals(jwk.get("kty")) || jwk.keySet().stream().anyMatch(SECRET_MEMBERS::contains)) {
            throw new IllegalArgumentException("the JWK set publishes a secret or private key");
        }
    }

    private static void refuseTwins(List<Map<String, Object>> members) {
        Set<Object> seen = new HashSet<>();
        if (!members.stream().filter(jwk -> jwk.containsKey("kid")).allMatch(jwk -> seen.add(jwk.get("kid")))) {
            throw new IllegalArgumentException("the JWK set has two keys of one kid");
        }
    }

    private static boolean verifies(Map<String, Object> jwk) {
        boolean operation = !jwk.containsKey("key_ops")
                || (jwk.get("key_ops") instanceof List<?> operations && operations.contains("verify"));
        return operation && "sig".equals(jwk.getOrDefault("use", "sig"));
    }

    private static Map<JwtAlgorithm, JwtKey> pinned(Map<String, Object> jwk, Set<JwtAlgorithm> allowed) {
        Map<JwtAlgorithm, JwtKey> keys = new EnumMap<>(JwtAlgorithm.class);
        for (JwtAlgorithm algorithm : allowed) {
            if (algorithm.headerName().equals(jwk.getOrDefault("alg", algorithm.headerName()))) {
                key(jwk, algorithm).ifPresent(key -> keys.put(algorithm, key));
            }
        }
        return keys;
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

    private static Optional<String> text(Map<String, Object> jwk, String name) {
        return Optional.ofNullable(jwk.get(name))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }
}
