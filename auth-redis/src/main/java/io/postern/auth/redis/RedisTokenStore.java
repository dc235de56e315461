package io.postern.auth.redis;

import io.postern.auth.StoreException;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import io.postern.auth.user.Paging;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps tokens by their digests. */
final class RedisTokenStore implements TokenStore {

    /** Far more entries without rows than crashes can leave. */
    private static final int MOST_STALE = 1_000;

    private final Commands redis;
    private final Rows rows;

    RedisTokenStore(Commands redis) {
        this.redis = redis;
        this.rows = new Rows(redis, "t");
    }

    @Override
    public Optional<StoredToken> find(String digest) {
        if (!Text.isDigest(digest)) {
            return Optional.empty();
        }
        return redis.call("find a token", client -> token(digest, client.hgetAll(rows.key(digest))));
    }

    @Override
    public void add(StoredToken token) {
        String life = Times.life(token.created(), token.expires());
        if (!rows.add(token.userId(), entry(token), fields(token), life, life)) {
            throw new IllegalStateException("a token of this digest is there already");
        }
    }

    /**
     * Makes the row first: whoever is told that another has won must find that one's row. If this fails half way, the row
     * that stays is of a token whose text nobody knows.
     */
    @Override
    public StoredToken addUnlessRepeatable(StoredToken token, Instant now) {
        String life = Times.life(now, token.expires());
        Entry mine = entry(token);
        if (!rows.create(token.digest(), fields(token), life)) {
            throw new IllegalStateException("a token of this digest is there already");
        }
        for (int i = 0; i < MOST_STALE; i++) {
            Entry winner = rows.enterUnlessRepeatable(token.userId(), mine, life, Times.micros(now));
            if (winner.equals(mine)) {
                return token;
            }
            Optional<StoredToken> there = find(winner.row()).filter(other -> isNamed(other, token.userId(), winner));
            if (there.isPresent()) {
                rows.take(token.userId(), mine);
                return there.get();
            }
            rows.leaveOut(token.userId(), List.of(winner));
        }
        throw new StoreException("Redis has an index of tokens that are not there");
    }

    @Override
    public List<StoredToken> list(String userId, Paging paging) {
        return rows.list(
                userId,
                paging,
                (entry, row) -> token(entry.row(), row).filter(token -> isNamed(token, userId, entry)),
                token -> true);
    }

    @Override
    public void touch(String digest, Instant when) {
        if (Text.isDigest(digest)) {
            rows.touch(digest, Fields.empty().time("used", when).values(), Times.FOR_EVER);
        }
    }

    @Override
    public Optional<StoredToken> remove(String userId, String id) {
        Optional<StoredToken> removed = Optional.empty();
        for (Entry entry : rows.all(userId)) {
            if (entry.id().equals(id)) {
                removed = removed.or(() -> take(userId, entry));
                rows.leaveOut(userId, List.of(entry));
            }
        }
        return removed;
    }

    @Override
    public int removeAll(String userId) {
        List<Entry> entries = rows.all(userId);
        int count = 0;
        for (Entry entry : entries) {
            count += rows.take(userId, entry).isEmpty() ? 0 : 1;
        }
        rows.leaveOut(userId, entries);
        return count;
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        return 0;
    }

    private Optional<StoredToken> take(String userId, Entry entry) {
        Map<String, String> row = rows.take(userId, entry);
        return redis.call("read a token", client -> token(entry.row(), row));
    }

    private static boolean isNamed(StoredToken token, String userId, Entry entry) {
        return token.userId().equals(userId) && token.id().equals(entry.id());
    }

    private static Entry entry(StoredToken token) {
        return token.encrypted().isPresent()
                ? Entry.repeatable(token.created(), token.id(), checked(token.digest()), token.expires())
                : Entry.of(token.created(), token.id(), checked(token.digest()));
    }

    private static String checked(String digest) {
        if (!Text.isDigest(digest)) {
            throw new IllegalArgumentException("a digest is 64 hex digits in lower case");
        }
        return digest;
    }

    private static Map<String, String> fields(StoredToken token) {
        Fields fields = Fields.empty()
                .text("id", token.id())
                .text("user", token.userId())
                .text("name", token.name())
                .time("created", token.created());
        token.expires().ifPresent(time -> fields.time("expires", time));
        token.lastUsed().ifPresent(time -> fields.time("used", time));
        token.encrypted().ifPresent(text -> fields.text("encrypted", text));
        return fields.values();
    }

    private static Optional<StoredToken> token(String digest, Map<String, String> row) {
        if (row.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = new Fields(row);
        return Optional.of(new StoredToken(
                fields.text("id"),
                digest,
                fields.text("user"),
                fields.text("name"),
                fields.time("created"),
                fields.optionalTime("expires"),
                fields.optionalTime("used"),
                fields.optionalText("encrypted")));
    }
}
