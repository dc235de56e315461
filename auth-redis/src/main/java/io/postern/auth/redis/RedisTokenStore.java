package io.postern.auth.redis;

import io.postern.auth.StoreException;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.Paging;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores tokens under the digests of their values. A second row for each, under the user and the id, keeps ids unique; it
 * contains the digest.
 */
final class RedisTokenStore implements TokenStore {

    private static final int TRIES = 10;

    private final Commands redis;
    private final Rows rows;
    private final Rows ids;

    RedisTokenStore(Commands redis) {
        this.redis = redis;
        this.rows = new Rows(redis, "t");
        this.ids = new Rows(redis, "ti");
    }

    @Override
    public Optional<StoredToken> find(TokenValue value) {
        return find(value.digest());
    }

    @Override
    public boolean add(TokenValue value, StoredToken token) {
        String life = Times.life(token.created(), token.expires());
        Entry entry = Entry.of(token.created(), token.id(), value.digest());
        return rows.add(token.userId(), entry, fields(token), life, life, () -> claimId(token.userId(), entry, life));
    }

    @Override
    public List<StoredToken> list(String userId, Paging paging) {
        record Listed(Entry entry, StoredToken token) {}
        return rows
                .list(
                        userId,
                        paging,
                        (entry, row) -> token(row)
                                .filter(token -> isNamed(token, userId, entry)
                                        && token.created().equals(entry.created()))
                                .map(token -> new Listed(entry, token)),
                        listed -> !listed.entry().isPending() || hasClaim(userId, listed.entry()))
                .stream()
                .map(Listed::token)
                .toList();
    }

    @Override
    public void touch(TokenValue value, Instant when) {
        rows.touch(value.digest(), Fields.empty().time("used", when).values(), Times.UNLIMITED);
    }

    @Override
    public Optional<StoredToken> remove(String userId, String id) {
        Optional<StoredToken> removed = Optional.empty();
        for (Entry entry : rows.all(userId)) {
            if (entry.id().equals(id)) {
                Map<String, String> row = take(userId, entry);
                Optional<StoredToken> taken = redis.call("read a token", client -> token(row));
                removed = removed.isPresent() ? removed : taken;
                rows.leaveOut(userId, List.of(entry));
            }
        }
        return removed;
    }

    @Override
    public int removeAll(String userId) {
        return rows.removeAll(
                userId, entry -> true, entry -> !take(userId, entry).isEmpty());
    }

    private Optional<StoredToken> find(String digest) {
        return redis.call("find a token", client -> token(client.hgetAll(rows.key(digest))));
    }

    /**
     * Claims the id of a token whose row exists, unless another row has it. Because rows exist for as long as the claims of
     * their ids, a claim without a row was left by a token that expired or by a failure, and is replaced.
     */
    private boolean claimId(String userId, Entry entry, String life) {
        Entry claim = claim(userId, entry, entry.row());
        Map<String, String> fields =
                Fields.empty().text("user", userId).text("id", entry.row()).values();
        for (int i = 0; i < TRIES; i++) {
            if (ids.create(claim.row(), fields, life)) {
                // A parallel removal of the row may not have seen the claim.
                if (!rows.exists(entry.row())) {
                    ids.take(userId, claim);
                }
                return true;
            }
            String holder = ids.read(claim.row()).getOrDefault("id", "");
            if (holder.equals(entry.row())) {
                return true;
            }
            if (find(holder).filter(token -> isNamed(token, userId, entry)).isPresent()) {
                return false;
            }
            ids.take(userId, claim(userId, entry, holder));
        }
        throw new StoreException("Redis has ids of tokens that do not exist");
    }

    /** An addition that has not claimed the id yet may fail, and its token must not be taken for an existing one. */
    private boolean hasClaim(String userId, Entry entry) {
        Map<String, String> claim = ids.read(claim(userId, entry, entry.row()).row());
        return entry.row().equals(claim.get("id"));
    }

    /** Removes a token and the claim of its id, also one that a parallel addition makes in between. */
    private Map<String, String> take(String userId, Entry entry) {
        Entry claim = claim(userId, entry, entry.row());
        ids.take(userId, claim);
        Map<String, String> row = rows.take(userId, entry);
        if (!row.isEmpty()) {
            ids.take(userId, claim);
        }
        return row;
    }

    /** Returns an entry that names the row of an id and, as its id, the digest in it. */
    private static Entry claim(String userId, Entry entry, String digest) {
        // A line feed is escaped on both sides of it.
        String name = Text.escape(userId) + "\n" + Text.escape(entry.id());
        return Entry.of(entry.created(), digest, Text.inKey(name));
    }

    private static boolean isNamed(StoredToken token, String userId, Entry entry) {
        return token.userId().equals(userId) && token.id().equals(entry.id());
    }

    private static Map<String, String> fields(StoredToken token) {
        Fields fields = Fields.empty()
                .text("id", token.id())
                .text("user", token.userId())
                .text("name", token.name())
                .time("created", token.created());
        token.expires().ifPresent(time -> fields.time("expires", time));
        token.lastUsed().ifPresent(time -> fields.time("used", time));
        return fields.values();
    }

    private static Optional<StoredToken> token(Map<String, String> row) {
        if (row.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = new Fields(row);
        return Optional.of(new StoredToken(
                fields.text("id"),
                fields.text("user"),
                fields.text("name"),
                fields.time("created"),
                fields.optionalTime("expires"),
                fields.optionalTime("used")));
    }
}
