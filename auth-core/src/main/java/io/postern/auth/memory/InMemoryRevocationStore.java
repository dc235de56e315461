package io.postern.auth.memory;

import io.postern.auth.revocation.Revocation;
import io.postern.auth.revocation.RevocationStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stores revocations in memory, for development and tests; they are lost when the process ends, and revoked access tokens
 * are valid again.
 *
 * <p>Holds one entry for each id. Entries that expired more than an hour ago are deleted whenever the number of entries
 * has doubled. {@link #isRevoked} takes no lock. Safe for use by several threads.
 */
public final class InMemoryRevocationStore implements RevocationStore {

    private static final Duration MARGIN = Duration.ofHours(1);
    private static final int SMALL = 1_000;

    private final Map<Id, Stored> entries = new ConcurrentHashMap<>();
    private final TreeMap<Long, Id> order = new TreeMap<>();
    private final ReentrantLock changing = new ReentrantLock();
    private final Clock clock;
    private long last;
    private int sweepAt = SMALL;

    /** Creates an empty store with the system's clock. */
    public InMemoryRevocationStore() {
        this(Clock.systemUTC());
    }

    /**
     * Creates an empty store.
     *
     * @param clock decides which entries have expired
     */
    public InMemoryRevocationStore(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public void add(List<Revocation> revocations) {
        List<Revocation> added = List.copyOf(revocations);
        changing.lock();
        try {
            added.forEach(this::append);
            if (entries.size() >= sweepAt) {
                deleteExpired(clock.instant().minus(MARGIN), Integer.MAX_VALUE);
                sweepAt = Math.max(SMALL, 2 * entries.size());
            }
        } finally {
            changing.unlock();
        }
    }

    @Override
    public boolean isRevoked(Revocation.Subject token) {
        return matches(Revocation.Kind.FAMILY, token.familyId(), token)
                || matches(Revocation.Kind.TOKEN, token.tokenId(), token)
                || matches(Revocation.Kind.USER, token.userId(), token);
    }

    @Override
    public Page since(long cursor, int limit) {
        changing.lock();
        try {
            Map<Long, Id> rest = order.tailMap(cursor, false);
            List<Stored> page = new ArrayList<>();
            rest.values().stream().limit(limit).forEach(id -> page.add(stored(id)));
            long end = page.isEmpty() ? cursor : page.get(page.size() - 1).position();
            boolean more = !page.isEmpty() && end < order.lastKey();
            return new Page(page.stream().map(Stored::entry).toList(), end, more);
        } finally {
            changing.unlock();
        }
    }

    @Override
    public int deleteExpired(Instant before, int limit) {
        changing.lock();
        try {
            List<Id> expired = order.values().stream()
                    .filter(id -> stored(id).entry().expires().isBefore(before))
                    .limit(limit)
                    .toList();
            expired.forEach(this::delete);
            return expired.size();
        } finally {
            changing.unlock();
        }
    }

    int size() {
        return entries.size();
    }

    private void append(Revocation revocation) {
        Id id = new Id(revocation.kind(), revocation.key());
        Stored old = entries.get(id);
        Stored stored = new Stored(++last, old == null ? revocation : revocation.mergedWith(old.entry()));
        entries.put(id, stored);
        order.put(stored.position(), id);
        if (old != null) {
            order.remove(old.position());
        }
    }

    private void delete(Id id) {
        order.remove(stored(id).position());
        entries.remove(id);
    }

    private Stored stored(Id id) {
        return Objects.requireNonNull(entries.get(id), "order and entries differ");
    }

    private boolean matches(Revocation.Kind kind, String key, Revocation.Subject token) {
        Stored stored = entries.get(new Id(kind, key));
        return stored != null && stored.entry().matches(token);
    }

    private record Id(Revocation.Kind kind, String key) {}

    private record Stored(long position, Revocation entry) {}
}
