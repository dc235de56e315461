package io.postern.auth.jwt;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The keys of an issuer: one that signs at a time, and any number that verify.
 *
 * <pre>{@code
 * KeyRing keys = KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, secret));
 * KeyRing keys = KeyRing.reloading(() -> KeyRing.fromJwkSetFile(file));   // then keys.reload() when the file changes
 * }</pre>
 *
 * <p>Of the keys with a secret half, that one signs whose {@linkplain JwtKey#withActivation activation} is the latest
 * that has come, unless it is {@linkplain JwtKey#withRetirement retired}; one without an activation has always been
 * active, and of equals the first given signs. Every key verifies until it retires.
 *
 * <p><b>Rolling</b> a key without logging anyone out: add the new key with an activation that lies ahead by more than
 * every node takes to reload, clocks differ and clients of {@link #jwks} cache; give the old key a retirement of that
 * activation plus the longest lifetime of a refresh token plus the leeway; reload. Once it is retired, remove it.
 *
 * <p><b>Security.</b> To end every token of a key whose secret has leaked, remove the key and reload: there is no overlap
 * then.
 *
 * <p>Safe for use by several threads; only {@link #reload()} changes it, in one step.
 */
public final class KeyRing {

    private final Optional<Supplier<KeyRing>> source;
    private final ReentrantLock reloading = new ReentrantLock();
    private volatile KeySet keys;

    private KeyRing(KeySet keys, Optional<Supplier<KeyRing>> source) {
        this.keys = keys;
        this.source = source;
    }

    /**
     * Returns a ring that issues and verifies.
     *
     * @param signing signs until another's activation comes, and verifies
     * @param others verify, for instance the key before this one; or sign from their activation on
     * @return the ring
     * @throws IllegalArgumentException if the first cannot sign, two have the same id, secrets and public keys are mixed,
     *     or the last to sign has no id though it shares its algorithm
     */
    public static KeyRing of(JwtKey signing, JwtKey... others) {
        if (!signing.canSign()) {
            throw new IllegalArgumentException(signing
                    + " is a public key and cannot sign: give its private half, or use KeyRing.verifyingOnly(…)");
        }
        List<JwtKey> all = new ArrayList<>(List.of(signing));
        all.addAll(List.of(others));
        return new KeyRing(KeySet.signing(all), Optional.empty());
    }

    /**
     * Returns a ring that cannot issue tokens.
     *
     * @param keys they verify
     * @return the ring
     * @throws IllegalArgumentException if there is none, two have the same id, or secrets and public keys are mixed
     */
    public static KeyRing verifyingOnly(JwtKey... keys) {
        return new KeyRing(KeySet.verifying(List.of(keys)), Optional.empty());
    }

    /**
     * Returns the ring in a file: a JWK Set (RFC 7517, section 5) in which each key is as {@link JwtKey#ofJwk} reads it.
     * It issues tokens if a key has its secret half.
     *
     * @param file the file, of at most 1 MiB
     * @return the ring; it does not look at the file again
     * @throws IllegalArgumentException if the file cannot be read, is no such set, or its keys do not fit each other; the
     *     message shows nothing of a key
     */
    public static KeyRing fromJwkSetFile(Path file) {
        return KeyFiles.read(file, text -> new KeyRing(KeySet.signing(JwkReader.keys(text)), Optional.empty()));
    }

    /**
     * Returns the ring in PEM files, each of which holds one key as {@link JwtKey#ofPem} reads it.
     *
     * @param algorithm what each is pinned to
     * @param signing the file of the key that signs
     * @param others the files of those that verify
     * @return the ring; it does not look at the files again
     * @throws IllegalArgumentException if a file cannot be read or holds no key that fits; the message shows nothing of a
     *     key
     */
    public static KeyRing fromPem(JwtAlgorithm algorithm, Path signing, Path... others) {
        List<JwtKey> verifying = new ArrayList<>();
        for (Path file : others) {
            verifying.add(pem(algorithm, file));
        }
        return of(pem(algorithm, signing), verifying.toArray(JwtKey[]::new));
    }

    private static JwtKey pem(JwtAlgorithm algorithm, Path file) {
        return KeyFiles.read(file, text -> JwtKey.ofPem(algorithm, text));
    }

    /**
     * Returns a ring that {@link #reload()} fills anew. It is filled at once, so that a start without keys fails.
     *
     * @param source makes a ring, whose keys are taken over; it may read files or ask a key store
     * @return the ring
     * @throws RuntimeException whatever the source throws
     */
    public static KeyRing reloading(Supplier<KeyRing> source) {
        return new KeyRing(load(source), Optional.of(source));
    }

    /**
     * Fetches the keys anew and exchanges all of them in one step; when that fails, those it has stay.
     *
     * <p>Call it from a timer, a file watcher or an operator's command: nothing here runs in the background. Requests
     * never wait for it.
     *
     * @throws IllegalStateException if this ring was not made with {@link #reloading}, or the new keys can only verify
     *     while those it has can sign
     * @throws RuntimeException whatever the source throws
     */
    public void reload() {
        Supplier<KeyRing> from = source.orElseThrow(() -> new IllegalStateException(
                "this KeyRing has nothing to reload from: make it with KeyRing.reloading(…)"));
        // Without it, what was read first could overwrite what was read last. Readers do not take it.
        reloading.lock();
        try {
            KeySet next = load(from);
            if (canSign() && !next.canSign()) {
                throw new IllegalStateException("the reloaded keys can only verify, so the ring keeps those it has:"
                        + " give a key with its private half");
            }
            keys = next;
        } finally {
            reloading.unlock();
        }
    }

    private static KeySet load(Supplier<KeyRing> source) {
        return Objects.requireNonNull(source.get(), "the source of a KeyRing returned null").keys;
    }

    /**
     * Tells whether the ring can issue tokens, now or once a key's activation has come.
     *
     * @return false if it only verifies
     */
    public boolean canSign() {
        return keys.canSign();
    }

    /**
     * Returns the public halves of all keys that are not retired, those included that do not sign yet, as a JWK Set (RFC
     * 7517, section 5). Secrets of HMAC are never in it: a ring of them gives an empty set.
     *
     * @param now when
     * @return JSON; each key has {@code use}, {@code alg} and, if it has an id, {@code kid}
     */
    public String jwks(Instant now) {
        return keys.jwks(now);
    }

    /** Tells whether a key that signs, now or some day, leaves no name in its tokens. */
    boolean signsWithoutId() {
        return keys.signsWithoutId();
    }

    /** The key that signs now. */
    JwtKey signing(Instant now) {
        return keys.signing(now);
    }

    /**
     * Returns the key that a token's header may be verified with: that of its id, else, where no id is demanded, the only
     * key of the algorithm or, for a token without id, the one without id.
     */
    Optional<JwtKey> find(String algorithm, Optional<String> keyId, boolean idRequired, Instant now) {
        return keys.find(algorithm, keyId, idRequired, now);
    }

    @Override
    public String toString() {
        return keys.toString();
    }
}
