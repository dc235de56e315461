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
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer (RFC 7517). Keys for other uses or of other types are ignored; a set that contains a secret
 * or two keys of one {@code kid} is refused as a whole, because an issuer that publishes it is broken.
 */
final class JwkSet {

    private static final Set<String> SECRET_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
    private static final List<String> PUBLIC_MEMBERS = List.of("kty", "n", "e", "crv", "x", "y");

    private final List<PublicKeys> keys;

    /** One JWK, pinned to each algorithm that it may be used with: to one alone if it has an {@code alg}. */
    private record PublicKeys(@Nullable Object id, Map<JwtAlgorithm, JwtKey> byAlgorithm) {}

    private JwkSet(List<PublicKeys> keys) {
        this.keys = keys;
    }

    static JwkSet of(Map<String, Object> json, Set<JwtAlgorithm> allowed) {
        if (!(json.get("keys") instanceof List<?> list)) {
            throw new IllegalArgumentException("the response is not a JWK Set");
        }
        List<Map<String, Object>> members = list.stream().map(JwkSet::object).toList();
        members.forEach(JwkSet::refuseSecrets);
        refuseDuplicates(members);
        List<PublicKeys> usable = members.stream()
                .filter(JwkSet::verifies)
                .map(jwk -> new PublicKeys(jwk.get("kid"), pinned(jwk, allowed)))
                .filter(key -> !key.byAlgorithm().isEmpty())
                .toList();
        if (usable.isEmpty()) {
            throw new IllegalArgumentException("the JWK Set has no key that fits the allowed algorithms");
        }
        return new JwkSet(usable);
    }

    /** Returns the key of an id, or for a token without {@code kid} the only key (RFC 7515, section 4.1.4). */
    Optional<JwtKey> find(JwtAlgorithm algorithm, @Nullable String id) {
        if (id == null && keys.size() != 1) {
            return Optional.empty();
        }
        for (PublicKeys key : keys) {
            if (id == null || id.equals(key.id())) {
                return Optional.ofNullable(key.byAlgorithm().get(algorithm));
            }
        }
        return Optional.empty();
    }

    /** Returns whether fetching the keys again cannot help a token. */
    boolean knows(@Nullable String id) {
        return id == null || keys.stream().anyMatch(key -> id.equals(key.id()));
    }

    private static Map<String, Object> object(Object jwk) {
        return JsonReader.asObject(jwk).orElseThrow(() -> new IllegalArgumentException("the JWK Set has a non-object"));
    }

    private static void refuseSecrets(Map<String, Object> jwk) {
        if ("oct".equals(jwk.get("kty")) || jwk.keySet().stream().anyMatch(SECRET_MEMBERS::contains)) {
            throw new IllegalArgumentException("the JWK Set publishes a secret or private key");
        }
    }

    private static void refuseDuplicates(List<Map<String, Object>> members) {
        Set<Object> seen = new HashSet<>();
        if (!members.stream().filter(jwk -> jwk.containsKey("kid")).allMatch(jwk -> seen.add(jwk.get("kid")))) {
            throw new IllegalArgumentException("the JWK Set has two keys of one kid");
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
}
