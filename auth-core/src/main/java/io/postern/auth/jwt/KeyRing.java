package io.postern.auth.jwt;

import static io.postern.auth.jwt.KeyMaterial.require;

import io.postern.auth.internal.JsonWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer: one signs at a time, any number verify.
 *
 * <pre>{@code
 * KeyRing keys = KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, secret));
 * KeyRing keys = KeyRing.reloading(() -> KeyRing.fromJwkSetFile(file));   // then keys.reload() when the file changes
 * }</pre>
 *
 * <p>Of the keys with a private half or secret, the one with the latest {@linkplain JwtKey#withActivation activation} in
 * the past signs, unless it is {@linkplain JwtKey#withRetirement retired}; a key without an activation has always been
 * active, and of equals the first one signs. Every key verifies until it retires.
 *
 * <p><b>Rolling</b> a key without logging anyone out: add the new key with an activation that is further ahead than the
 * reload interval of every node, the clock difference and the time for which clients cache {@link #jwks}; give the old key
 * a retirement of that activation plus the longest lifetime of a refresh token plus the leeway; reload. Remove the old key
 * once it is retired.
 *
 * <p><b>Security.</b> To invalidate every token of a leaked key, remove the key and reload, without an overlap.
 *
 * <p>Safe for use by several threads; only {@link #reload()} changes it, atomically.
 */
public final class KeyRing {

    private final @Nullable Supplier<KeyRing> source;
    private final ReentrantLock reloading = new ReentrantLock();
    private volatile Snapshot keys;

    /** Keys between two reloads: signers by descending activation, and all keys by algorithm. Immutable. */
    private record Snapshot(List<JwtKey> all, List<JwtKey> signers, Map<String, List<JwtKey>> byAlgorithm) {}

    private KeyRing(Snapshot keys, @Nullable Supplier<KeyRing> source) {
        this.keys = keys;
        this.source = source;
    }

    /**
     * Returns a key ring that signs and verifies.
     *
     * @param signing signs until the activation of another key, and verifies
     * @param others verify, for instance the previous key; those with an activation sign from then on
     * @throws IllegalArgumentException if the first key cannot sign, two keys have the same id, secrets and public keys are
     *     mixed, or the last key to sign has no id though it shares its algorithm
     */
    public static KeyRing of(JwtKey signing, JwtKey... others) {
        if (!signing.canSign()) {
            throw new IllegalArgumentException(signing
                    + " is a public key and cannot sign: add its private half, or use KeyRing.verifyingOnly(…)");
        }
        List<JwtKey> all = new ArrayList<>(List.of(signing));
        all.addAll(List.of(others));
        return signing(all);
    }

    /**
     * Returns a key ring that cannot issue tokens.
     *
     * @throws IllegalArgumentException without a key, if two keys have the same id, or secrets and public keys are mixed
     */
    public static KeyRing verifyingOnly(JwtKey... keys) {
        return new KeyRing(checked(List.of(keys), List.of()), null);
    }

    /**
     * Returns a key ring from a file with a JWK Set (RFC 7517, section 5), each key as in {@link JwtKey#ofJwk(String)}. It
     * can issue tokens if a key has a private half or secret.
     *
     * @param file a file of at most 1 MiB, read once
     * @throws IllegalArgumentException if the file cannot be read or is not a JWK Set, or its keys do not fit each other;
     *     the message contains nothing of a key
     */
    public static KeyRing fromJwkSetFile(Path file) {
        return KeyParser.file(file, json -> signing(KeyParser.jwkSet(json)));
    }

    /**
     * Returns a key ring from PEM files with one key each, as in {@link JwtKey#ofPem}.
     *
     * @param algorithm the algorithm of all keys
     * @param signing the file of the key that signs
     * @param others the files of keys that verify
     * @throws IllegalArgumentException if a file cannot be read or does not contain a suitable key; the message contains
     *     nothing of a key
     */
    public static KeyRing fromPem(JwtAlgorithm algorithm, Path signing, Path... others) {
        List<JwtKey> verifying = new ArrayList<>();
        for (Path file : others) {
            verifying.add(pem(algorithm, file));
        }
        return of(pem(algorithm, signing), verifying.toArray(JwtKey[]::new));
    }

    private static JwtKey pem(JwtAlgorithm algorithm, Path file) {
        return KeyParser.file(file, pem -> JwtKey.ofPem(algorithm, pem));
    }

    /**
     * Returns a key ring that {@link #reload()} refills. It is filled immediately, so that a start without keys fails.
     *
     * @param source creates a key ring whose keys are copied; it may read files or a key store
     * @throws RuntimeException as thrown by the source
     */
    public static KeyRing reloading(Supplier<KeyRing> source) {
        return new KeyRing(load(source), source);
    }

    /**
     * Loads the keys again and replaces all of them atomically; if that fails, the current keys remain.
     *
     * <p>Call it from a timer, a file watcher or an operator's command: nothing runs in the background. Requests never wait
     * for it.
     *
     * @throws IllegalStateException if this key ring was not created with {@link #reloading}, or the new keys can only
     *     verify while the current ones can sign
     * @throws RuntimeException as thrown by the source
     */
    public void reload() {
        if (source == null) {
            throw new IllegalStateException("this KeyRing cannot be reloaded: create it with KeyRing.reloading(…)");
        }
        // Without the lock, keys loaded earlier could replace keys loaded later. Readers do not take it.
        reloading.lock();
        try {
            Snapshot next = load(source);
            if (canSign() && next.signers().isEmpty()) {
                throw new IllegalStateException("the reloaded keys can only verify, so the current keys remain:"
                        + " add a key with its private half");
            }
            keys = next;
        } finally {
            reloading.unlock();
        }
    }

    private static Snapshot load(Supplier<KeyRing> source) {
        return Objects.requireNonNull(source.get(), "the source of a KeyRing returned null").keys;
    }

    /**
     * Returns a copy whose keys verify by Bouncy Castle where that is faster, see {@link JwtKey#withBouncyCastle}.
     *
     * @throws IllegalStateException if Bouncy Castle is not on the class path; or if this key ring is reloaded, which would
     *     not reload the copy
     */
    public KeyRing withBouncyCastle() {
        if (source != null) {
            throw new IllegalStateException("a KeyRing that is reloaded cannot be copied: write"
                    + " KeyRing.reloading(() -> source().withBouncyCastle())");
        }
        return new KeyRing(faster(keys), null);
    }

    private static Snapshot faster(Snapshot from) {
        IdentityHashMap<JwtKey, JwtKey> faster = new IdentityHashMap<>();
        from.all().forEach(key -> faster.put(key, key.withBouncyCastle()));
        return new Snapshot(
                replaced(from.all(), faster),
                replaced(from.signers(), faster),
                from.byAlgorithm().entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, entry -> replaced(entry.getValue(), faster))));
    }

    private static List<JwtKey> replaced(List<JwtKey> keys, IdentityHashMap<JwtKey, JwtKey> by) {
        return keys.stream().map(by::get).toList();
    }

    /** Returns whether the key ring can issue tokens, now or after the activation of a key. */
    public boolean canSign() {
        return !keys.signers().isEmpty();
    }

    /**
     * Returns the public halves of all keys that are not retired, including those that do not sign yet, as a JWK Set (RFC
     * 7517, section 5). HMAC secrets are never part of it: the set of a key ring of secrets is empty.
     *
     * @return JSON; each key has {@code use}, {@code alg} and, if it has an id, {@code kid}
     */
    public String jwks(Instant now) {
        List<Map<String, Object>> published = keys.all().stream()
                .filter(key -> key.verifiesAt(now))
                .flatMap(key -> key.published().stream())
                .toList();
        return JsonWriter.write(Map.of("keys", published));
    }

    /** Returns whether a key that signs, now or later, has no id to write into its tokens. */
    boolean signsWithoutId() {
        return keys.signers().stream().anyMatch(key -> key.id().isEmpty());
    }

    JwtKey signing(Instant now) {
        Snapshot current = keys;
        for (JwtKey key : current.signers()) {
            if (key.signsAt(now)) {
                return key;
            }
        }
        throw new IllegalStateException(
                current.signers().isEmpty()
                        ? "this KeyRing only verifies: create it with KeyRing.of(signingKey) to issue tokens"
                        : "no key of KeyRing" + current.all() + " signs at " + now
                                + ": all are retired or not yet active; add one and reload");
    }

    /**
     * Returns the key that verifies a token with this header: the one with its id; else, if no id is required, the only key
     * of the algorithm or, for a token without an id, the key without one; null if there is none.
     */
    @Nullable
    JwtKey find(String algorithm, @Nullable String keyId, boolean idRequired, Instant now) {
        List<JwtKey> candidates = keys.byAlgorithm().get(algorithm);
        if (candidates == null) {
            return null;
        }
        for (JwtKey key : candidates) {
            if (keyId == null ? !idRequired && key.id().isEmpty() : key.hasId(keyId)) {
                return verifying(key, now);
            }
        }
        return !idRequired && candidates.size() == 1 ? verifying(candidates.get(0), now) : null;
    }

    private static @Nullable JwtKey verifying(JwtKey key, Instant now) {
        return key.verifiesAt(now) ? key : null;
    }

    private static KeyRing signing(List<JwtKey> keys) {
        return new KeyRing(checked(keys, keys.stream().filter(JwtKey::canSign).toList()), null);
    }

    private static Snapshot checked(List<JwtKey> keys, List<JwtKey> signers) {
        require(!keys.isEmpty(), "a KeyRing needs at least one key");
        List<String> ids = keys.stream().flatMap(key -> key.id().stream()).toList();
        require(
                Set.copyOf(ids).size() == ids.size(),
                "two keys of the KeyRing have the same id: give each its own with withId(…)");
        long secrets = keys.stream()
                .filter(key -> key.algorithm().family() == JwtAlgorithm.Family.HMAC)
                .count();
        require(
                secrets == 0 || secrets == keys.size(),
                "HMAC secrets and public keys must not share a KeyRing: that invites algorithm confusion");
        Map<String, List<JwtKey>> byAlgorithm = keys.stream()
                .collect(Collectors.groupingBy(key -> key.algorithm().headerName(), Collectors.toUnmodifiableList()));
        byAlgorithm.values().forEach(KeyRing::requireIds);
        // The sort is stable: of keys with the same activation, the first one signs.
        List<JwtKey> sorted = signers.stream()
                .sorted(Comparator.comparing(JwtKey::activation).reversed())
                .toList();
        if (!sorted.isEmpty()) {
            // A key without an id may share its algorithm while it is being replaced, but not sign for good.
            JwtKey last = sorted.get(0);
            long sharing = keys.stream()
                    .filter(key -> key.algorithm() == last.algorithm())
                    .count();
            require(
                    last.id().isPresent() || sharing == 1,
                    last + " shares its algorithm with another key, so its tokens need an id: use withId(…)");
        }
        return new Snapshot(List.copyOf(keys), sorted, Map.copyOf(byAlgorithm));
    }

    private static void requireIds(List<JwtKey> sameAlgorithm) {
        require(
                sameAlgorithm.stream().filter(key -> key.id().isEmpty()).count() <= 1,
                "two keys of " + sameAlgorithm.get(0).algorithm()
                        + " have no id: give all but one its own with withId(…)");
    }

    @Override
    public String toString() {
        return "KeyRing" + keys.all();
    }
}
