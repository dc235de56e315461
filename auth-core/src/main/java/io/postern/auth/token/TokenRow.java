package io.postern.auth.token;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token as {@link InMemoryTokenStore} holds it, in a fifth of the space of a {@link StoredToken}: hex digits as numbers,
 * times as microseconds. It is its own key, equal to every row of its digest. The neighbours are guarded by the store's
 * lock.
 */
final class TokenRow {

    private static final long NEVER = Long.MAX_VALUE;
    private static final int DIGEST_LENGTH = 64;
    private static final int ID_LENGTH = 32;
    private static final Instant LATEST = Instant.EPOCH.plus(Long.MAX_VALUE - 1, ChronoUnit.MICROS);
    private static final Instant EARLIEST = Instant.EPOCH.minus(Long.MAX_VALUE - 1, ChronoUnit.MICROS);
    private static final StoredToken NOBODYS =
            new StoredToken("", "", "", "", Instant.EPOCH, Optional.empty(), Optional.empty(), Optional.empty());

    private final long digest0;
    private final long digest1;
    private final long digest2;
    private final long digest3;
    private final long id0;
    private final long id1;
    private final long created;
    private final long expires;
    private final String userId;
    private final String name;
    private final @Nullable String oddId;
    private final @Nullable String encrypted;
    private volatile long lastUsed;

    @Nullable
    TokenRow previous;

    @Nullable
    TokenRow next;

    private TokenRow(String digest, StoredToken token) {
        this.digest0 = number(digest, 0);
        this.digest1 = number(digest, 16);
        this.digest2 = number(digest, 32);
        this.digest3 = number(digest, 48);
        boolean packs = isHex(token.id(), ID_LENGTH);
        this.id0 = packs ? number(token.id(), 0) : 0;
        this.id1 = packs ? number(token.id(), 16) : 0;
        this.oddId = packs ? null : token.id();
        this.userId = token.userId();
        // All empty names share one text.
        this.name = token.name().isEmpty() ? "" : token.name();
        this.created = micros(token.created());
        this.expires = token.expires().map(TokenRow::micros).orElse(NEVER);
        this.lastUsed = token.lastUsed().map(TokenRow::micros).orElse(NEVER);
        this.encrypted = token.encrypted().orElse(null);
    }

    static TokenRow of(StoredToken token) {
        if (!isHex(token.digest(), DIGEST_LENGTH)) {
            throw new IllegalArgumentException("a digest is 64 hex digits in lower case");
        }
        return new TokenRow(token.digest(), token);
    }

    /** Returns what finds the row of a digest, or empty if no row can have such a digest. */
    static Optional<TokenRow> key(String digest) {
        return isHex(digest, DIGEST_LENGTH) ? Optional.of(new TokenRow(digest, NOBODYS)) : Optional.empty();
    }

    StoredToken token() {
        return new StoredToken(
                id(),
                hex(digest0) + hex(digest1) + hex(digest2) + hex(digest3),
                userId,
                name,
                instant(created).orElseThrow(),
                instant(expires),
                instant(lastUsed),
                Optional.ofNullable(encrypted));
    }

    String id() {
        return oddId == null ? hex(id0) + hex(id1) : oddId;
    }

    String userId() {
        return userId;
    }

    boolean isExpired(Instant now) {
        return expires <= micros(now);
    }

    void touch(Instant when) {
        lastUsed = micros(when);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenRow row
                && digest0 == row.digest0
                && digest1 == row.digest1
                && digest2 == row.digest2
                && digest3 == row.digest3;
    }

    /** The first bits of a digest are as good as any. */
    @Override
    public int hashCode() {
        return (int) digest0;
    }

    private static boolean isHex(String text, int length) {
        return text.length() == length && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static long number(String hex, int from) {
        return HexFormat.fromHexDigitsToLong(hex, from, from + 16);
    }

    private static String hex(long number) {
        return HexFormat.of().toHexDigits(number);
    }

    /** As far as a long reaches, which is further than anybody's clock. */
    private static long micros(Instant time) {
        Instant near = time.isAfter(LATEST) ? LATEST : time.isBefore(EARLIEST) ? EARLIEST : time;
        return ChronoUnit.MICROS.between(Instant.EPOCH, near);
    }

    private static Optional<Instant> instant(long micros) {
        return micros == NEVER ? Optional.empty() : Optional.of(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }
}
