package io.postern.auth.internal;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A map that drops what was not used for longest when it is full, by halves: new entries go into the young half; when that is
 * full, it becomes the old half, whose entries return to the young one if they are used again. A lock is taken only when the
 * halves take turns.
 *
 * <p>Safe for use by several threads. Between threads the limits are exceeded by no more than what each adds at the moment.
 */
public final class BoundedCache<K, V> {

    private final int maxEntries;
    private final long maxWeight;
    private volatile Halves<K, V> halves = new Halves<>(new Half<>(), new Half<>());

    private record Halves<K, V>(Half<K, V> young, Half<K, V> old) {}

    private static final class Half<K, V> {
        private final ConcurrentHashMap<K, Weighed<V>> entries = new ConcurrentHashMap<>();
        private final AtomicLong weight = new AtomicLong();
    }

    private record Weighed<V>(V value, int weight) {}

    /**
     * Creates an empty cache.
     *
     * @param maxEntries the limit of entries, at least 2
     * @param maxWeight the limit of the sum of weights, in the unit that the caller weighs in
     */
    public BoundedCache(int maxEntries, long maxWeight) {
        if (maxEntries < 2 || maxWeight < 2) {
            throw new IllegalArgumentException("a cache needs room for two entries, not " + maxEntries);
        }
        this.maxEntries = maxEntries;
        this.maxWeight = maxWeight;
    }

    /** Returns a value, or null. */
    public @Nullable V get(K key) {
        Halves<K, V> now = halves;
        Weighed<V> found = now.young().entries.get(key);
        if (found != null) {
            return found.value();
        }
        found = now.old().entries.get(key);
        if (found == null) {
            return null;
        }
        put(key, found.value(), found.weight());
        return found.value();
    }

    /** Adds or replaces a value; one that is heavier than half of the limit is not kept. */
    public void put(K key, V value, int weight) {
        if (weight > maxWeight / 2) {
            return;
        }
        Half<K, V> young = halves.young();
        if (young.entries.size() >= maxEntries / 2 || young.weight.get() + weight > maxWeight / 2) {
            young = turn(young);
        }
        Weighed<V> before = young.entries.put(key, new Weighed<>(value, weight));
        young.weight.addAndGet(weight - (before == null ? 0 : before.weight()));
    }

    /** Removes a value. */
    public void remove(K key) {
        Halves<K, V> now = halves;
        now.old().entries.remove(key);
        Weighed<V> removed = now.young().entries.remove(key);
        if (removed != null) {
            now.young().weight.addAndGet(-removed.weight());
        }
    }

    /** Returns the number of entries, of which one may be counted twice. */
    public int size() {
        Halves<K, V> now = halves;
        return now.young().entries.size() + now.old().entries.size();
    }

    private synchronized Half<K, V> turn(Half<K, V> full) {
        if (halves.young() == full) {
            halves = new Halves<>(new Half<>(), full);
        }
        return halves.young();
    }
}
