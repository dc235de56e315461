package io.postern.auth.redis;

import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Device;
import io.postern.auth.user.Paging;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores each family with its tokens in one hash, so that one script can carry out a refresh. */
final class RedisRefreshTokenStore implements TokenFamilyStore {

    private static final Script ROTATE = Script.named("rotate");
    private static final Script REVOKE = Script.named("revoke");
    private static final Script REVOKE_OWNED = Script.named("revoke-owned");
    private static final String TOKEN = "token:";

    /** The fields that a list reads; a row contains any number of tokens besides. */
    private static final String[] LISTED = {
        "id", "user", "stamp", "label", "address", "agent", "created", "refreshed", "expires", "ends", "revoked"
    };

    private final Commands redis;
    private final Rows rows;

    RedisRefreshTokenStore(Commands redis) {
        this.redis = redis;
        this.rows = new Rows(redis, "f", LISTED);
    }

    @Override
    public void start(TokenFamily family, TokenRecord first) {
        String life = life(family, first);
        if (!rows.add(family.userId(), entry(family), fields(family, first), life, longest(family))) {
            throw new IllegalStateException("a family with this id exists already");
        }
    }

    @Override
    public Rotation.Result rotate(Rotation rotation) {
        TokenFamily family = rotation.family();
        List<String> keys = List.of(key(family.id()));
        Reply reply = redis.run(ROTATE, "rotate a token", keys, arguments(rotation), RedisRefreshTokenStore::reply);
        if (reply.unlisted()) {
            enlist(family);
        }
        return reply.result();
    }

    @Override
    public TokenState stateOf(String familyId, String tokenId) {
        return redis.call(
                "read the state of a token", client -> state(client.hmget(key(familyId), "revoked", field(tokenId))));
    }

    @Override
    public boolean revoke(TokenFamily family, TokenRecord token) {
        List<String> args = new ArrayList<>(List.of(life(family, token), field(token.id())));
        fields(family, token).forEach((name, value) -> args.addAll(List.of(name, value)));
        return redis.run(REVOKE, "revoke a family", List.of(key(family.id())), args, Commands::number) == 1;
    }

    @Override
    public List<TokenFamily> list(String userId, Instant now, Paging paging) {
        return rows.list(
                userId,
                paging,
                (entry, row) -> live(userId, entry, new Fields(row)),
                family -> family.expires().isAfter(now));
    }

    @Override
    public boolean revokeFamily(String userId, String familyId) {
        List<String> args = List.of(Text.escape(userId));
        return redis.run(REVOKE_OWNED, "revoke a family", List.of(key(familyId)), args, Commands::number) == 1;
    }

    @Override
    public List<String> revokeAll(String userId, Optional<String> except) {
        List<Entry> entries = rows.all(userId).stream()
                .filter(entry -> except.filter(entry.id()::equals).isEmpty())
                .toList();
        List<String> revoked = new ArrayList<>();
        for (Entry entry : entries) {
            if (revokeFamily(userId, entry.id())) {
                revoked.add(entry.id());
            }
        }
        rows.leaveOut(userId, entries);
        return revoked;
    }

    @Override
    public int deleteExpired(Instant before, int limit) {
        return 0;
    }

    /** Adds a family to the index of its user before a token of it is returned. */
    private void enlist(TokenFamily family) {
        rows.enter(family.userId(), entry(family), longest(family));
        redis.call("enlist a family", client -> client.hdel(key(family.id()), "unlisted"));
    }

    private String key(String familyId) {
        return rows.key(Text.inKey(familyId));
    }

    private static String field(String tokenId) {
        return TOKEN + Text.escape(tokenId);
    }

    private static Entry entry(TokenFamily family) {
        return Entry.of(family.created(), family.id(), Text.inKey(family.id()));
    }

    private static String life(TokenFamily family, TokenRecord token) {
        boolean longer = token.expires().isAfter(family.expires());
        return Times.life(family.lastRefreshed(), longer ? token.expires() : family.expires());
    }

    /** The life of an index entry: until the family ends, since each refresh postpones the expiry. */
    private static String longest(TokenFamily family) {
        return Times.life(family.lastRefreshed(), family.ends());
    }

    private static Map<String, String> fields(TokenFamily family, TokenRecord token) {
        Fields fields = Fields.empty()
                .text("id", family.id())
                .text("user", family.userId())
                .text("stamp", family.securityStamp())
                .device(family.device())
                .time("created", family.created())
                .time("refreshed", family.lastRefreshed())
                .time("expires", family.expires())
                .time("ends", family.ends())
                .text("current", token.id())
                .time("issued", token.issued())
                .time("until", token.expires());
        fields.values().put(field(token.id()), Times.micros(token.expires()) + " ");
        return fields.values();
    }

    private static Optional<TokenFamily> live(String userId, Entry entry, Fields row) {
        if (!row.isOf(userId, entry) || row.optionalText("revoked").isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new TokenFamily(
                entry.id(),
                userId,
                row.text("stamp"),
                row.device(),
                row.time("created"),
                row.time("refreshed"),
                row.time("expires"),
                row.time("ends")));
    }

    private static TokenState state(List<String> values) {
        if (values.get(0) != null) {
            return TokenState.REVOKED;
        }
        String use = values.get(1);
        if (use == null) {
            return TokenState.UNKNOWN;
        }
        return use.endsWith(" ") ? TokenState.LIVE : TokenState.USED;
    }

    private static List<String> arguments(Rotation rotation) {
        TokenFamily family = rotation.family();
        TokenRecord next = rotation.successor();
        return List.of(
                Text.escape(family.userId()),
                Text.escape(family.securityStamp()),
                Text.escape(family.device().label()),
                Text.escape(family.device().address()),
                Text.escape(family.device().userAgent()),
                Times.micros(family.created()),
                Times.micros(family.expires()),
                Times.micros(family.ends()),
                Text.escape(rotation.presented().id()),
                Times.micros(rotation.presented().expires()),
                Text.escape(next.id()),
                Times.micros(next.issued()),
                Times.micros(next.expires()),
                Times.micros(rotation.now()),
                Long.toString(
                        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.EPOCH.plus(rotation.reuseGracePeriod()))),
                rotation.mode() == RotationMode.ROTATE ? "1" : "0",
                rotation.acceptUnknown() ? "1" : "0",
                Text.escape(family.id()));
    }

    private static Reply reply(Object reply) {
        List<String> texts = Commands.texts(reply);
        return switch (texts.get(0)) {
            case "rotated" -> new Reply(new Rotation.Result.Rotated(record(texts)), isUnlisted(texts));
            case "repeated" -> new Reply(new Rotation.Result.Repeated(record(texts), device(texts)), isUnlisted(texts));
            case "reused" -> new Reply(new Rotation.Result.Reused(), false);
            case "revoked" -> new Reply(new Rotation.Result.Revoked(), false);
            case "unknown" -> new Reply(new Rotation.Result.Unknown(), false);
            default -> throw new IllegalStateException("unexpected reply of rotate.lua");
        };
    }

    private static TokenRecord record(List<String> texts) {
        return new TokenRecord(Text.unescape(texts.get(1)), Times.instant(texts.get(2)), Times.instant(texts.get(3)));
    }

    private static Device device(List<String> texts) {
        return new Device(Text.unescape(texts.get(5)), Text.unescape(texts.get(6)), Text.unescape(texts.get(7)));
    }

    private static boolean isUnlisted(List<String> texts) {
        return !texts.get(4).isEmpty();
    }

    private record Reply(Rotation.Result result, boolean unlisted) {}
}
