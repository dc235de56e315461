package io.postern.auth.refresh;

import java.time.Instant;

/**
 * What a store keeps of a refresh token: never its text.
 *
 * @param id the token's {@code jti}, which proves nothing
 * @param issued when it was issued
 * @param expires when it ends
 */
public record RefreshTokenRecord(String id, Instant issued, Instant expires) {

    /**
     * Returns this token, ending no later than its family does.
     *
     * @param end when the family ends
     * @return a slot
     */
    public RefreshTokenRecord endingBy(Instant end) {
        return expires.isAfter(end) ? new RefreshTokenRecord(id, issued, end) : this;
    }
}
