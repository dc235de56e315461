package io.postern.auth.redis;

import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.onetime.OneTimeStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores one-time secrets by their digests, and an index of each user's. A script consumes a secret or counts an attempt in
 * one step. The entry of a consumed secret stays in the index until it is cleared up.
 */
final class RedisOneTimeStore implements OneTimeStore {

    private static final Script CONSUME = Script.named("consume");
    private static final Script ATTEMPT = Script.named("attempt");

    private final Commands redis;
    private final Rows rows;

    RedisOneTimeStore(Commands redis) {
        this.redis = redis;
        this.rows = new Rows(redis, "o");
    }

    @Override
    public void add(OneTimeSecret secret, Instant now) {
        if (!Text.isDigest(secret.digest())) {
            throw new IllegalArgumentException("the digest must be 64 lower-case hex digits");
        }
        String life = Times.life(now, secret.expires());
        String userId = secret.userId();
        boolean added = userId == null
                ? rows.create(secret.digest(), fields(secret), life)
                : rows.add(userId, entry(secret), fields(secret), life, life);
        if (!added) {
            throw new IllegalStateException("a one-time secret of this digest exists");
        }
    }

    @Override
    public Optional<OneTimeSecret> find(String digest, String purpose, Instant now) {
        if (!Text.isDigest(digest)) {
            return Optional.empty();
        }
        return redis.call("find a one-time secret", client -> secret(digest, rows.read(digest)))
                .filter(secret -> secret.purpose().equals(purpose) && !secret.isExpired(now));
    }

    @Override
    public Optional<OneTimeSecret> consume(String digest, String purpose, Instant now) {
        return run(CONSUME, "consume a one-time secret", digest, purpose, now);
    }

    @Override
    public Optional<OneTimeSecret> attempt(String digest, String purpose, Instant now) {
        return run(ATTEMPT, "count an attempt", digest, purpose, now);
    }

    @Override
    public int removeAll(String userId) {
        return rows.removeAll(userId, entry -> true);
    }

    @Override
    public int removeAll(String userId, String purpose) {
        return rows.removeAll(userId, entry -> entry.id().equals(purpose));
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        return 0;
    }

    private Optional<OneTimeSecret> run(Script script, String what, String digest, String purpose, Instant now) {
        if (!Text.isDigest(digest)) {
            return Optional.empty();
        }
        List<String> args = List.of(Text.escape(purpose), Times.micros(now));
        return redis.run(script, what, List.of(rows.key(digest)), args, reply -> secret(digest, Rows.map(reply)));
    }

    /** The index sorts by creation; here, by the expiry. */
    private static Entry entry(OneTimeSecret secret) {
        return Entry.of(secret.expires(), secret.purpose(), secret.digest());
    }

    private static Map<String, String> fields(OneTimeSecret secret) {
        Fields fields = Fields.empty()
                .text("id", secret.purpose())
                .text("binding", secret.binding())
                .text("payload", secret.payload())
                .time("expires", secret.expires())
                .text("attempts", Integer.toString(secret.attemptsLeft()));
        String userId = secret.userId();
        return (userId == null ? fields : fields.text("user", userId)).values();
    }

    private static Optional<OneTimeSecret> secret(String digest, Map<String, String> row) {
        if (row.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = new Fields(row);
        return Optional.of(new OneTimeSecret(
                digest,
                fields.text("id"),
                fields.optionalText("user").orElse(null),
                fields.text("binding"),
                fields.text("payload"),
                fields.time("expires"),
                Integer.parseInt(fields.text("attempts"))));
    }
}
