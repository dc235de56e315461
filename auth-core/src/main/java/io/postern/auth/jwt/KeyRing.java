package io.postern.auth.jwt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys of an issuer: one that signs, and any number that verify.
 *
 * <pre>{@code
 * KeyRing keys = KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, secret));
 * }</pre>
 *
 * Immutable and safe for use by several threads.
 */
public final class KeyRing {

    private final Optional<JwtKey> signing;
    private final List<JwtKey> verifying;

    private KeyRing(Optional<JwtKey> signing, List<JwtKey> verifying) {
        this.signing = signing;
        this.verifying = List.copyOf(verifying);
        requireDistinctIds(this.verifying);
    }

    /**
     * Returns a ring whose first key signs; all verify.
     *
     * @param signing signs and verifies
     * @param others verify only, for instance the key before this one
     * @return the ring
     * @throws IllegalArgumentException if the first cannot sign, two have the same id, or secrets and public keys are
     *     mixed
     */
    public static KeyRing of(JwtKey signing, JwtKey... others) {
        if (!signing.canSign()) {
            throw new IllegalArgumentException(signing
                    + " is a public key and cannot sign: give its private half, or use KeyRing.verifyingOnly(…)");
        }
        List<JwtKey> all = new ArrayList<>(List.of(signing));
        all.addAll(List.of(others));
        return new KeyRing(Optional.of(signing), all);
    }

    /**
     * Returns a ring that cannot issue tokens.
     *
     * @param keys they verify
     * @return the ring
     * @throws IllegalArgumentException if there is none, two have the same id, or secrets and public keys are mixed
     */
    public static KeyRing verifyingOnly(JwtKey... keys) {
        return new KeyRing(Optional.empty(), List.of(keys));
    }

    JwtKey signing() {
        return signing.orElseThrow(() -> new IllegalStateException(
                "this KeyRing only verifies: build it with KeyRing.of(signingKey) to issue tokens"));
    }

    /**
     * Tells whether the ring can issue tokens.
     *
     * @return false if it only verifies
     */
    public boolean canSign() {
        return signing.isPresent();
    }

    /**
     * Returns the key that a token's header may be verified with: that of its id, else, where there is just one key of
     * the algorithm and no id is demanded, that one.
     */
    Optional<JwtKey> find(String algorithm, Optional<String> keyId, boolean idRequired) {
        List<JwtKey> candidates = verifying.stream()
                .filter(key -> key.algorithm().headerName().equals(algorithm))
                .toList();
        Optional<JwtKey> named = keyId.flatMap(id -> candidates.stream()
                .filter(key -> key.id().filter(id::equals).isPresent())
                .findFirst());
        boolean onlyOne = candidates.size() == 1 && !idRequired;
        return named.isEmpty() && onlyOne ? Optional.of(candidates.get(0)) : named;
    }

    private static void requireDistinctIds(List<JwtKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a KeyRing needs at least one key");
        }
        long named = keys.stream().flatMap(key -> key.id().stream()).count();
        long distinct =
                keys.stream().flatMap(key -> key.id().stream()).distinct().count();
        if (named != distinct) {
            throw new IllegalArgumentException(
                    "two keys of the ring have the same id: give each its own with withId(…)");
        }
        long secrets = keys.stream()
                .filter(key -> key.algorithm().family() == JwtAlgorithm.Family.HMAC)
                .count();
        if (secrets != 0 && secrets != keys.size()) {
            throw new IllegalArgumentException(
                    "HMAC secrets and public keys must not share a ring: that is how algorithms get confused");
        }
    }

    @Override
    public String toString() {
        return "KeyRing" + verifying;
    }
}
