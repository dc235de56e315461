package io.postern.auth.redis;

import io.postern.auth.session.SessionStore;
import io.postern.auth.session.StoredSession;
import io.postern.auth.user.Paging;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores sessions under the digests of their keys. */
final class RedisSessionStore implements SessionStore {

    private final Commands redis;
    private final Rows rows;

    RedisSessionStore(Commands redis) {
        this.redis = redis;
        this.rows = new Rows(redis, "s");
    }

    @Override
    public Optional<StoredSession> find(SessionStore.Key key) {
        return redis.call("find a session", client -> session(client.hgetAll(rows.key(key.digest()))));
    }

    @Override
    public boolean add(SessionStore.Key key, StoredSession session) {
        String life = Times.life(session.lastUsed(), session.expires());
        return rows.add(session.userId(), entry(key, session), fields(session), life, life);
    }

    @Override
    public boolean remove(SessionStore.Key key) {
        Optional<StoredSession> session = find(key);
        if (session.isEmpty()) {
            return false;
        }
        Entry entry = entry(key, session.get());
        boolean removed = !rows.take(session.get().userId(), entry).isEmpty();
        rows.leaveOut(session.get().userId(), List.of(entry));
        return removed;
    }

    /** Adds the index entry again, because the index must live as long as the session. */
    @Override
    public void touch(SessionStore.Key key, Instant when, Instant expires) {
        String digest = key.digest();
        String life = Times.life(when, expires);
        Fields fields = Fields.empty().time("used", when).time("expires", expires);
        List<String> whose = rows.touch(digest, fields.values(), life);
        if (!whose.isEmpty()) {
            Entry entry = Entry.of(Times.instant(whose.get(2)), Text.unescape(whose.get(1)), digest);
            rows.enter(Text.unescape(whose.get(0)), entry, life);
        }
    }

    @Override
    public List<StoredSession> list(String userId, Instant now, Paging paging) {
        return rows.list(
                userId,
                paging,
                (entry, row) -> session(row).filter(session -> new Fields(row).isOf(userId, entry)),
                session -> !session.isExpired(now));
    }

    @Override
    public boolean remove(String userId, String id) {
        return rows.removeAll(userId, entry -> entry.id().equals(id)) > 0;
    }

    @Override
    public int removeAll(String userId, Optional<String> except) {
        return rows.removeAll(userId, entry -> except.filter(entry.id()::equals).isEmpty());
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        return 0;
    }

    private static Entry entry(SessionStore.Key key, StoredSession session) {
        return Entry.of(session.created(), session.id(), key.digest());
    }

    private static Map<String, String> fields(StoredSession session) {
        return Fields.empty()
                .text("id", session.id())
                .text("user", session.userId())
                .text("stamp", session.securityStamp())
                .device(session.device())
                .time("created", session.created())
                .time("used", session.lastUsed())
                .time("expires", session.expires())
                .values();
    }

    private static Optional<StoredSession> session(Map<String, String> row) {
        if (row.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = new Fields(row);
        return Optional.of(new StoredSession(
                fields.text("id"),
                fields.text("user"),
                fields.text("stamp"),
                fields.device(),
                fields.time("created"),
                fields.time("used"),
                fields.time("expires")));
    }
}
