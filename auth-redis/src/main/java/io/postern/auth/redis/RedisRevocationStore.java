package io.postern.auth.redis;

import io.postern.auth.revocation.Revocation;
import io.postern.auth.revocation.RevocationStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores revocations in one slot: a key for each, and a feed of all, sorted by the time at which they were added.
 *
 * <p>A position is the server's time in microseconds, or one more than the last position if that is later, so positions
 * keep growing after everything was deleted or lost.
 */
final class RedisRevocationStore implements RevocationStore {

    private static final Logger LOG = LoggerFactory.getLogger(RedisRevocationStore.class);
    private static final Script ADD = Script.named("feed-add");
    private static final Script READ = Script.named("feed-read");
    private static final Script DELETE_EXPIRED = Script.named("feed-delete-expired");
    private static final String TAG = "rev";
    private static final int BATCH = 1_000;
    private static final int PARTS = 3;

    /** By how much the clock of a promoted replica may be behind, which then assigns positions that readers have passed. */
    private static final long OVERLAP_MICROS = 1_000_000;

    private static final Map<Revocation.Kind, String> LETTERS =
            Map.of(Revocation.Kind.FAMILY, "f", Revocation.Kind.TOKEN, "t", Revocation.Kind.USER, "u");

    private final Commands redis;
    private final String feed;
    private final String ends;
    private final String last;

    RedisRevocationStore(Commands redis) {
        this.redis = redis;
        this.feed = redis.key("r", TAG) + ":feed";
        this.ends = redis.key("r", TAG) + ":ends";
        this.last = redis.key("r", TAG) + ":last";
    }

    @Override
    public void add(List<Revocation> revocations) {
        Optional<Instant> oldest =
                revocations.stream().map(Revocation::revokedAt).min(Instant::compareTo);
        if (oldest.isEmpty()) {
            return;
        }
        List<String> keys = new ArrayList<>(List.of(feed, ends, last));
        List<String> args = new ArrayList<>(List.of(Times.micros(oldest.get().minus(Times.MARGIN))));
        for (Revocation entry : revocations) {
            keys.add(key(entry.kind(), entry.key()));
            args.add(LETTERS.get(entry.kind()) + Text.escape(entry.key()));
            args.add(Times.micros(entry.revokedAt()));
            args.add(Times.micros(entry.expires()));
            args.add(Times.life(entry.revokedAt(), entry.expires()));
        }
        redis.run(ADD, "add revocations", keys, args, Commands::number);
    }

    @Override
    public boolean isRevoked(Revocation.Subject token) {
        List<Key> ids = List.of(
                        new Key(Revocation.Kind.FAMILY, token.familyId()),
                        new Key(Revocation.Kind.TOKEN, token.tokenId()),
                        new Key(Revocation.Kind.USER, token.userId()))
                .stream()
                .filter(id -> !id.key().isEmpty())
                .toList();
        if (ids.isEmpty()) {
            return false;
        }
        String[] keys = ids.stream().map(id -> key(id.kind(), id.key())).toArray(String[]::new);
        return redis.call("find revocations of a token", client -> matches(ids, client.mget(keys), token));
    }

    @Override
    public Page since(long cursor, int limit) {
        // One more than requested shows whether there are more.
        List<String> args = List.of(Long.toString(cursor), Long.toString(limit + 1L));
        return redis.run(READ, "read the feed", List.of(feed), args, reply -> page(cursor, limit, (List<?>) reply));
    }

    @Override
    public int deleteExpired(Instant before, int limit) {
        int deleted = 0;
        int found;
        int batch;
        do {
            batch = Math.min(BATCH, limit - deleted);
            found = delete(before, batch);
            deleted += found;
        } while (found == batch && deleted < limit);
        return deleted;
    }

    private int delete(Instant before, int limit) {
        String end = "(" + Times.micros(before);
        List<String> members =
                redis.call("list revocations", client -> client.zrangeByScore(ends, "-inf", end, 0, limit));
        if (members.isEmpty()) {
            return 0;
        }
        List<String> keys = new ArrayList<>(List.of(feed, ends));
        for (String member : members) {
            keys.add(readable(member)
                    .map(entry -> key(entry.kind(), entry.key()))
                    // Not a key of any entry.
                    .orElse(feed + ":damaged"));
        }
        return redis.run(
                DELETE_EXPIRED, "delete revocations", keys, members, reply -> Math.toIntExact(Commands.number(reply)));
    }

    private static boolean matches(List<Key> ids, List<String> values, Revocation.Subject token) {
        boolean matches = false;
        for (int i = 0; i < ids.size(); i++) {
            if (values.get(i) != null) {
                String[] times = values.get(i).split("\t", 2);
                Key id = ids.get(i);
                matches |= new Revocation(id.kind(), id.key(), Times.instant(times[0]), Times.instant(times[1]))
                        .matches(token);
            }
        }
        return matches;
    }

    /** A reply is the server's time, then members and positions alternately. */
    private static Page page(long cursor, int limit, List<?> reply) {
        List<String> found = Commands.texts(reply.get(2));
        int count = Math.min(limit, found.size() / 2);
        List<Revocation> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            readable(found.get(2 * i)).ifPresent(entries::add);
        }
        long end = count == 0 ? cursor : Long.parseLong(found.get(2 * count - 1));
        boolean more = found.size() / 2 > count;
        long now = Long.parseLong((String) reply.get(0)) * 1_000_000 + Long.parseLong((String) reply.get(1));
        return new Page(entries, more ? end : Math.min(end, now - OVERLAP_MICROS), more);
    }

    /** A damaged entry must not hide those that follow. */
    private static Optional<Revocation> readable(String member) {
        try {
            return Optional.of(entry(member));
        } catch (RuntimeException e) {
            LOG.warn("a damaged revocation is left out", e);
            return Optional.empty();
        }
    }

    private static Revocation entry(String member) {
        String[] parts = member.split("\t", PARTS);
        Revocation.Kind kind = LETTERS.entrySet().stream()
                .filter(letter -> parts[0].startsWith(letter.getValue()))
                .findFirst()
                .orElseThrow()
                .getKey();
        String key = Text.unescape(parts[0].substring(1));
        return new Revocation(kind, key, Times.instant(parts[1]), Times.instant(parts[2]));
    }

    private String key(Revocation.Kind kind, String id) {
        return redis.key("r", TAG) + ":" + LETTERS.get(kind) + ":" + Text.inKey(id);
    }

    private record Key(Revocation.Kind kind, String key) {}
}
