package io.postern.auth.token;

import io.postern.auth.internal.Hmac;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Derives tokens that are the same at every login (drf-contract AT-4) from a key, so that stores keep no value.
 *
 * <p>The id of such a token follows from its user and format, so that of several parallel logins one adds it, and a token of
 * another format is not taken for it. Its value follows from its id and the time of its creation, so that a token issued
 * after a revocation has another value.
 *
 * @param formatId depends on the format, and on the key
 */
record RepeatableTokens(Hmac hmac, TokenValue.Format format, String formatId) {

    private static final int ID_BYTES = 16;

    static RepeatableTokens of(Hmac hmac, TokenValue.Format format) {
        TokenValue sample = format.create(hmac.of("io.postern.token.format"));
        return new RepeatableTokens(hmac, format, sample.digest());
    }

    /**
     * Returns the ids that a user's token can have at a time, the one for a new token last. Where tokens expire, time is
     * divided into periods of their lifetime: an unexpired token was issued in this period or in the one before.
     */
    List<String> ids(String userId, Optional<Duration> timeToLive, Instant now) {
        if (timeToLive.isEmpty()) {
            return List.of(id("", userId));
        }
        long length = timeToLive.get().toMillis();
        long period = Math.floorDiv(now.toEpochMilli(), Math.max(1, length));
        return List.of(id(length + "/" + (period - 1), userId), id(length + "/" + period, userId));
    }

    TokenValue value(StoredToken token) {
        long created = ChronoUnit.MICROS.between(Instant.EPOCH, token.created());
        return format.create(hmac.of("io.postern.token.value:" + token.id() + ":" + created));
    }

    private String id(String period, String userId) {
        byte[] bits = hmac.of("io.postern.token.id:" + formatId + ":" + period + ":" + userId);
        return HexFormat.of().formatHex(bits, 0, ID_BYTES);
    }

    @Override
    public String toString() {
        return "RepeatableTokens[***]";
    }
}
