package io.postern.auth.refresh;

import java.util.List;

/**
 * Is told of logins that ended, so that their access tokens can be refused too.
 *
 * <p>Implement this to follow them yourself; {@code Postern} puts them into the configured revocations. It may be
 * told before the end is stored, and twice, so that an end that failed half way can be completed; it is called on the
 * thread of the request, and what it throws reaches the caller. Implementations are safe for use by several threads.
 */
public interface FamilyRevocationListener {

    /**
     * Takes note of families that ended.
     *
     * @param familyIds the families
     */
    void familiesRevoked(List<String> familyIds);

    /**
     * Takes note that whatever a user was issued until now is over.
     *
     * @param userId the user
     */
    void userRevoked(String userId);

    /**
     * Returns one that does nothing, with which access tokens live on until they expire.
     *
     * @return the listener
     */
    static FamilyRevocationListener ignored() {
        return IgnoredEnds.INSTANCE;
    }
}
