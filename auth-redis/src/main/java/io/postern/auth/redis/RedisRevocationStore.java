package io.postern.auth.redis;

import io.postern.auth.revocation.Revocation;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.revocation.RevocationSubject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps revocations in one slot: a key for each, and a feed of them all, sorted by the time at which they were added.
 *
 * <p>A position is the server's time in microseconds, or one more than the last if that is later, so positions go on
 * rising after everything was purged or lost.
 */
final class RedisRevocationStore implements RevocationStore {

    private static final Script ADD = Script.named("feed-add");
    private static final Script READ = Script.named("feed-read");
    private static final Script PURGE = Script.named("feed-purge");
    private static final String TAG = "rev";
    private static final int BATCH = 1_000;
    private static final int PARTS = 3;

    /** A replica that takes over may be this much behind in time, and gives positions that readers have gone past. */
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
    public boolean isRevoked(RevocationSubject token) {
        List<Asked> asked = List.of(
                        new Asked(Revocation.Kind.FAMILY, token.familyId()),
                        new Asked(Revocation.Kind.TOKEN, token.tokenId()),
                        new Asked(Revocation.Kind.USER, token.userId()))
                .stream()
                .filter(id -> !id.key().isEmpty())
                .toList();
        if (asked.isEmpty()) {
            return false;
        }
        String[] keys = asked.stream().map(id -> key(id.kind(), id.key())).toArray(String[]::new);
        return redis.call("tell whether a token is revoked", client -> matches(asked, client.mget(keys), token));
    }

    @Override
    public Page since(long cursor, int limit) {
        // One more than asked for tells whether there are more.
        List<String> args = List.of(Long.toString(cursor), Long.toString(limit + 1L));
        return redis.run(READ, "read the feed", List.of(feed), args, reply -> page(cursor, limit, (List<?>) reply));
    }

    @Override
    public int deleteExpired(Instant before, int limit) {
        int forgotten = 0;
        int gone;
        int batch;
        do {
            batch = Math.min(BATCH, limit - forgotten);
            gone = forget(before, batch);
            forgotten += gone;
        } while (gone == batch && forgotten < limit);
        return forgotten;
    }

    private int forget(Instant before, int limit) {
        String end = "(" + Times.micros(before);
        List<String> members =
                redis.call("list revocations", client -> client.zrangeByScore(ends, "-inf", end, 0, limit));
        if (members.isEmpty()) {
            return 0;
        }
        List<String> keys = new ArrayList<>(List.of(feed, ends));
        redis.call(
                "read revocations",
                client -> keys.addAll(members.stream()
                        .map(RedisRevocationStore::entry)
                        .map(entry -> key(entry.kind(), entry.key()))
                        .toList()));
        return redis.run(PURGE, "forget revocations", keys, members, reply -> Math.toIntExact(Commands.number(reply)));
    }

    private static boolean matches(List<Asked> asked, List<String> kept, RevocationSubject token) {
        boolean hit = false;
        for (int i = 0; i < asked.size(); i++) {
            if (kept.get(i) != null) {
                String[] times = kept.get(i).split("\t", 2);
                Asked id = asked.get(i);
                hit |= new Revocation(id.kind(), id.key(), Times.instant(times[0]), Times.instant(times[1]))
                        .matches(token);
            }
        }
        return hit;
    }

    /** A reply is the server's time, then members and positions by turns. */
    private static Page page(long cursor, int limit, List<?> reply) {
        List<String> told = Commands.texts(reply.get(2));
        int count = Math.min(limit, told.size() / 2);
        List<Revocation> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(entry(told.get(2 * i)));
        }
        long end = count == 0 ? cursor : Long.parseLong(told.get(2 * count - 1));
        boolean more = told.size() / 2 > count;
        long now = Long.parseLong((String) reply.get(0)) * 1_000_000 + Long.parseLong((String) reply.get(1));
        return new Page(entries, more ? end : Math.min(end, now - OVERLAP_MICROS), more);
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

    private record Asked(Revocation.Kind kind, String key) {}
}
