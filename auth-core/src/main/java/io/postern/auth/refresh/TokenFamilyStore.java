package io.postern.auth.refresh;

import io.postern.auth.user.Paging;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A refresh token store that groups tokens by login, so that reuse of a token revokes its whole family and users can list
 * and revoke their devices.
 *
 * <p>{@link #rotate} applies {@link Rotation#decide}. Test an implementation by {@code TokenFamilyStoreContract} of {@code
 * auth-testkit}.
 */
public interface TokenFamilyStore extends RefreshTokenStore {

    /**
     * Returns live families of a user, oldest first.
     *
     * @param userId the user
     * @param now the present; families expired by then are left out
     * @param paging the part to return
     */
    List<TokenFamily> list(String userId, Instant now, Paging paging);

    /**
     * Revokes one family of a user.
     *
     * @param userId the user to whom the family must belong
     * @param familyId the family
     * @return false if the user has no such live family
     */
    boolean revokeFamily(String userId, String familyId);

    /**
     * Revokes the families of a user.
     *
     * @param userId the user
     * @param except a family to spare, if any
     * @return the ids of those that were live
     */
    List<String> revokeAll(String userId, Optional<String> except);
}
