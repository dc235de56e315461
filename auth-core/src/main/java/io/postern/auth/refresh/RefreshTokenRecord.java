package io.postern.auth.refresh;

import java.time.Instant;

/**
 * What a store records of a refresh token: never its value.
 *
 * @param id the token's {@code jti}, which is not a secret
 * @param issued when it was issued
 * @param expires when it expires
 */
public record RefreshTokenRecord(String id, Instant issued, Instant expires) {

    /**
     * Returns this record, expiring no later than its family ends.
     *
     * @param end when the family ends
     */
    public RefreshTokenRecord endingBy(Instant end) {
        return expires.isAfter(end) ? new RefreshTokenRecord(id, issued, end) : this;
    }
}
