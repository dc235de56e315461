package io.postern.auth.refresh;

import io.postern.auth.user.Paging;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps token families and what became of their refresh tokens.
 *
 * <p>Implement this to keep them where you like. It is called at login, at each refresh and at logout, on the thread of
 * the request. Each method is atomic; the races that matter are inside {@link #rotate}. Never keep a token's text. When
 * the store cannot answer, throw {@link io.postern.auth.StoreException}. Implement {@code RefreshTokenStoreContract}
 * of {@code auth-testkit} to test it. Implementations are safe for use by several threads.
 */
public interface RefreshTokenStore {

    /**
     * Begins a family.
     *
     * @param family the family
     * @param first its first refresh token
     * @throws IllegalStateException if the family is there already
     */
    void start(TokenFamily family, RefreshTokenRecord first);

    /**
     * Refreshes in one step: looks at the token shown, and puts its successor in its place if it may.
     *
     * <p>In this order: a revoked family is {@code Revoked}, and so is one with another stamp than the rotation's or whose
     * end has come, which is revoked from now on; a token used before is {@code Repeated} within the grace, as {@link
     * Rotation#isWithinGrace} has it, else {@code Reused}, and its family revoked; a token not known is {@code Unknown}
     * unless adopted; everything else is {@code Rotated}. With {@link RotationMode#KEEP} and {@link RotationMode#ADD} no
     * token becomes used.
     *
     * @param rotation what is asked for
     * @return what became of it
     */
    Rotation.Result rotate(Rotation rotation);

    /**
     * Tells what is known of a token.
     *
     * @param familyId its family
     * @param tokenId the token
     * @return its state
     */
    TokenState stateOf(String familyId, String tokenId);

    /**
     * Revokes the family of a token, even of one that was used before: a refresh that comes first must not save the
     * family from a logout.
     *
     * @param family the family; kept as revoked if it is not known yet
     * @param token the token; likewise
     * @return false if the token was used or the family revoked before
     */
    boolean revoke(TokenFamily family, RefreshTokenRecord token);

    /**
     * Returns live families of a user.
     *
     * @param userId the user
     * @param now the present; families expired by then are left out
     * @param paging which of them
     * @return the families, oldest first
     */
    List<TokenFamily> list(String userId, Instant now, Paging paging);

    /**
     * Revokes one family of a user.
     *
     * @param userId whose it must be
     * @param familyId the family
     * @return false if there was no live one
     */
    boolean revokeFamily(String userId, String familyId);

    /**
     * Revokes the families of a user.
     *
     * @param userId the user
     * @param except one that stays, if any
     * @return the ids of those that were live
     */
    List<String> revokeAll(String userId, Optional<String> except);

    /**
     * Forgets some families whose last token has expired; call it until it returns less than the limit. A store whose
     * rows end by themselves returns 0.
     *
     * @param before families that expired before this are forgotten; leave an hour's margin for clocks that jump
     * @param limit how many at the most
     * @return how many it forgot
     */
    int deleteExpired(Instant before, int limit);
}
