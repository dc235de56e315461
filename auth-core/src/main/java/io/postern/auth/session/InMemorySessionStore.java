package io.postern.auth.session;

import io.postern.auth.user.Paging;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Keeps sessions in memory; they are gone when the process ends.
 *
 * <p>Looking one up takes no lock; listing and ending those of a user looks at all. Safe for use by several threads.
 */
public final class InMemorySessionStore implements SessionStore {

    private final ConcurrentHashMap<String, StoredSession> byDigest = new ConcurrentHashMap<>();

    /** Creates an empty store. */
    public InMemorySessionStore() {}

    @Override
    public Optional<StoredSession> find(String digest) {
        return Optional.ofNullable(byDigest.get(digest));
    }

    @Override
    public void add(StoredSession session) {
        if (byDigest.putIfAbsent(session.digest(), session) != null) {
            throw new IllegalStateException("a session of this digest is there already");
        }
    }

    @Override
    public void touch(String digest, Instant when, Instant expires) {
        byDigest.computeIfPresent(digest, (key, session) -> session.usedAt(when, expires));
    }

    @Override
    public List<StoredSession> list(String userId, Instant now, Paging paging) {
        return paging.of(
                sessionsOf(userId).filter(session -> !session.isExpired(now)),
                StoredSession::created,
                StoredSession::id);
    }

    @Override
    public boolean remove(String userId, String id) {
        return forget(sessionsOf(userId).filter(session -> session.id().equals(id))) == 1;
    }

    @Override
    public int removeAll(String userId, Optional<String> except) {
        return forget(sessionsOf(userId)
                .filter(session -> except.filter(session.id()::equals).isEmpty()));
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        return forget(byDigest.values().stream()
                .filter(session -> session.isExpired(now))
                .limit(limit));
    }

    private Stream<StoredSession> sessionsOf(String userId) {
        return byDigest.values().stream().filter(session -> session.userId().equals(userId));
    }

    /** Somebody else may be faster, so it counts what was there. */
    private int forget(Stream<StoredSession> sessions) {
        return (int) sessions.map(StoredSession::digest)
                .filter(digest -> byDigest.remove(digest) != null)
                .count();
    }
}
