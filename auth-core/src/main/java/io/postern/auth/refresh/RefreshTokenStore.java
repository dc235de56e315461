package io.postern.auth.refresh;

import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import java.time.Instant;

/**
 * Stores which refresh tokens were issued, used and revoked.
 *
 * <p>Implement this for a schema that knows single tokens only, such as the outstanding and blacklisted tokens of
 * simplejwt; implement {@link TokenFamilyStore} where the schema is yours. It is called at login, refresh and logout, on
 * the thread of the request. Each method is atomic. A store never gets a token's value. When the store cannot answer,
 * throw {@link io.postern.auth.StoreException}. Test it by {@code RefreshTokenStoreContract} of {@code auth-testkit}.
 * Implementations are safe for use by several threads.
 */
public interface RefreshTokenStore {

    /**
     * Records the first token of a login.
     *
     * @param family the login; a store without families uses the user's id at most
     * @param first the token
     * @throws IllegalStateException if the family or the token is recorded already
     */
    void start(TokenFamily family, TokenRecord first);

    /**
     * Refreshes in one step: examines the presented token and replaces it by its successor if it may be refreshed.
     *
     * <p>A {@link TokenFamilyStore} applies {@link Rotation#decide}. A store of single tokens returns {@code Revoked} for a
     * token that was used or revoked, {@code Unknown} for one without a record unless {@link Rotation#acceptUnknown}, and
     * {@code Rotated} otherwise, in which case {@link RotationMode#ROTATE} marks the presented token as used; of
     * concurrent callers, one gets {@code Rotated}. It has no grace period.
     *
     * @param rotation the refresh
     */
    Rotation.Result rotate(Rotation rotation);

    /**
     * Returns the state of a token.
     *
     * @param familyId its family
     * @param tokenId the token
     */
    TokenState stateOf(String familyId, String tokenId);

    /**
     * Revokes a token, and in a {@link TokenFamilyStore} its whole family, even by a token that was used before: a
     * refresh that comes first must not save the family from a logout.
     *
     * @param family the family; recorded as revoked if the store does not know it
     * @param token the token; likewise
     * @return false if the token was used or revoked before
     */
    boolean revoke(TokenFamily family, TokenRecord token);

    /**
     * Deletes expired records: families whose last token has expired, or single tokens. Call it until it returns less than
     * the limit. A store whose records expire by themselves returns 0.
     *
     * @param before the time before which they expired; keep a margin of an hour for clocks that jump
     * @param limit the maximum number to delete
     * @return the number deleted
     */
    int deleteExpired(Instant before, int limit);

    /**
     * What a store records of a refresh token: never its value.
     *
     * @param id the token's {@code jti}, which is not a secret
     * @param issued when it was issued
     * @param expires when it expires
     */
    public record TokenRecord(String id, Instant issued, Instant expires) {

        /**
         * Returns this record, expiring no later than its family ends.
         *
         * @param end when the family ends
         */
        public TokenRecord endingBy(Instant end) {
            return expires.isAfter(end) ? new TokenRecord(id, issued, end) : this;
        }
    }

    /** The state of a refresh token in a store. */
    public enum TokenState {

        /** It may be used. */
        LIVE,
        /** It was exchanged for a successor. A store of single tokens returns {@link #REVOKED} instead. */
        USED,
        /** It or its family was revoked. */
        REVOKED,
        /** The store has no record of it. */
        UNKNOWN;

        /** Returns whether the token is on simplejwt's blacklist: used or revoked. */
        public boolean isBlacklisted() {
            return this == USED || this == REVOKED;
        }
    }
}
