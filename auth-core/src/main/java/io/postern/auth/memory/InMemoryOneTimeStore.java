package io.postern.auth.memory;

import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.onetime.OneTimeStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Stores one-time secrets in memory, for tests and for a single server that may lose them at a restart.
 *
 * <p>Its size is bounded: adding to a full store removes the secret that expires first. Safe for use by several threads.
 */
public final class InMemoryOneTimeStore implements OneTimeStore {

    private static final int MAX_SECRETS = 100_000;

    private final int maxSecrets;
    private final Map<String, OneTimeSecret> byDigest = new HashMap<>();
    private final TreeSet<OneTimeSecret> byExpiry =
            new TreeSet<>(Comparator.comparing(OneTimeSecret::expires).thenComparing(OneTimeSecret::digest));

    /** Creates an empty store of at most 100,000 secrets. */
    public InMemoryOneTimeStore() {
        this(MAX_SECRETS);
    }

    /**
     * Creates an empty store.
     *
     * @param maxSecrets the largest number of secrets
     * @throws IllegalArgumentException if the number is below 1
     */
    public InMemoryOneTimeStore(int maxSecrets) {
        if (maxSecrets < 1) {
            throw new IllegalArgumentException("maxSecrets must be at least 1, not " + maxSecrets);
        }
        this.maxSecrets = maxSecrets;
    }

    @Override
    public synchronized void add(OneTimeSecret secret, Instant now) {
        if (byDigest.containsKey(secret.digest())) {
            throw new IllegalStateException("a one-time secret of this digest exists");
        }
        if (byDigest.size() == maxSecrets) {
            remove(byExpiry.first());
        }
        put(secret);
    }

    @Override
    public synchronized Optional<OneTimeSecret> find(String digest, String purpose, Instant now) {
        return Optional.ofNullable(byDigest.get(digest))
                .filter(secret -> secret.purpose().equals(purpose) && !secret.isExpired(now));
    }

    @Override
    public synchronized Optional<OneTimeSecret> consume(String digest, String purpose, Instant now) {
        Optional<OneTimeSecret> secret = find(digest, purpose, now);
        secret.ifPresent(this::remove);
        return secret;
    }

    @Override
    public synchronized Optional<OneTimeSecret> attempt(String digest, String purpose, Instant now) {
        Optional<OneTimeSecret> before = find(digest, purpose, now).filter(secret -> secret.attemptsLeft() > 0);
        if (before.isEmpty()) {
            return before;
        }
        OneTimeSecret after = before.get().withAttemptsLeft(before.get().attemptsLeft() - 1);
        remove(before.get());
        put(after);
        return Optional.of(after);
    }

    @Override
    public synchronized int removeAll(String userId) {
        return removeIf(secret -> userId.equals(secret.userId()), Integer.MAX_VALUE);
    }

    @Override
    public synchronized int removeAll(String userId, String purpose) {
        return removeIf(
                secret -> userId.equals(secret.userId()) && secret.purpose().equals(purpose), Integer.MAX_VALUE);
    }

    @Override
    public synchronized int deleteExpired(Instant now, int limit) {
        return removeIf(secret -> secret.isExpired(now), limit);
    }

    private int removeIf(Predicate<OneTimeSecret> condition, int limit) {
        int removed = 0;
        Iterator<OneTimeSecret> all = byExpiry.iterator();
        while (all.hasNext() && removed < limit) {
            OneTimeSecret secret = all.next();
            if (condition.test(secret)) {
                all.remove();
                byDigest.remove(secret.digest());
                removed++;
            }
        }
        return removed;
    }

    private void put(OneTimeSecret secret) {
        byDigest.put(secret.digest(), secret);
        byExpiry.add(secret);
    }

    private void remove(OneTimeSecret secret) {
        byDigest.remove(secret.digest());
        byExpiry.remove(secret);
    }
}
