package io.postern.auth.memory;

import io.postern.auth.StoreException;
import io.postern.auth.session.SessionStore;
import io.postern.auth.session.StoredSession;
import io.postern.auth.user.Paging;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stores sessions.
 *
 * <p>When it is full, expired sessions are deleted; if there are none, adding fails with a {@link StoreException}. Looking a
 * session up takes no lock; listing and removing those of a user reads all.
 */
public final class InMemorySessionStore implements SessionStore {

    private static final int DEFAULT_MAX_SESSIONS = 100_000;

    private final int maxSessions;
    private final Map<String, StoredSession> byDigest = new ConcurrentHashMap<>();
    private final ReentrantLock adding = new ReentrantLock();

    /** Creates an empty store of at most 100,000 sessions. */
    public InMemorySessionStore() {
        this(DEFAULT_MAX_SESSIONS);
    }

    /**
     * Creates an empty store.
     *
     * @throws IllegalArgumentException if {@code maxSessions} is less than 1
     */
    public InMemorySessionStore(int maxSessions) {
        if (maxSessions < 1) {
            throw new IllegalArgumentException("maxSessions is " + maxSessions + "; choose at least 1");
        }
        this.maxSessions = maxSessions;
    }

    @Override
    public Optional<StoredSession> find(SessionStore.Key key) {
        return Optional.ofNullable(byDigest.get(key.digest()));
    }

    @Override
    public boolean add(SessionStore.Key key, StoredSession session) {
        adding.lock();
        try {
            if (byDigest.size() >= maxSessions && deleteExpired(session.created(), maxSessions) == 0) {
                throw new StoreException(
                        "the store in memory is full: it holds " + maxSessions + " sessions: use a database");
            }
            return byDigest.putIfAbsent(key.digest(), session) == null;
        } finally {
            adding.unlock();
        }
    }

    @Override
    public boolean remove(SessionStore.Key key) {
        return byDigest.remove(key.digest()) != null;
    }

    @Override
    public boolean remove(String userId, String id) {
        return removeIf(isOf(userId).and(session -> session.id().equals(id)), 1) == 1;
    }

    @Override
    public int removeAll(String userId, Optional<String> except) {
        String kept = except.orElse("");
        Predicate<StoredSession> others =
                except.isEmpty() ? session -> true : session -> !session.id().equals(kept);
        return removeIf(isOf(userId).and(others), Integer.MAX_VALUE);
    }

    @Override
    public List<StoredSession> list(String userId, Instant now, Paging paging) {
        return paging.of(
                byDigest.values().stream().filter(isOf(userId)).filter(session -> !session.isExpired(now)),
                StoredSession::created,
                StoredSession::id);
    }

    @Override
    public void touch(SessionStore.Key key, Instant when, Instant expires) {
        byDigest.computeIfPresent(key.digest(), (digest, session) -> session.withLastUsed(when, expires));
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        return removeIf(session -> session.isExpired(now), limit);
    }

    private static Predicate<StoredSession> isOf(String userId) {
        return session -> session.userId().equals(userId);
    }

    private int removeIf(Predicate<StoredSession> condition, int limit) {
        return (int) byDigest.keySet().stream()
                .filter(digest -> removeIf(digest, condition))
                .limit(limit)
                .count();
    }

    /** Another thread may remove the session first, or use it in the meantime. */
    private boolean removeIf(String digest, Predicate<StoredSession> condition) {
        for (@Nullable StoredSession session = byDigest.get(digest);
                session != null && condition.test(session);
                session = byDigest.get(digest)) {
            if (byDigest.remove(digest, session)) {
                return true;
            }
        }
        return false;
    }
}
