package io.postern.auth.revocation;

import java.time.Instant;
import java.util.Objects;

/**
 * What revocation has to know of a token whose signature is good; nothing of it is secret.
 *
 * @param familyId the login it descends from; empty if it has none, and then no family's end reaches it
 * @param tokenId its {@code jti}; empty if it has none
 * @param userId whose it is, in the form that {@link Revocations#revokeUser} is given; empty if nobody's, and for refresh
 *     tokens, which the revocation of a user does not reach
 * @param issuedAt its {@code iat}; {@link Instant#EPOCH} if it has none, so that it counts as old
 */
public record RevocationSubject(String familyId, String tokenId, String userId, Instant issuedAt) {

    /**
     * Refuses null.
     *
     * @param familyId the login
     * @param tokenId the token
     * @param userId whose
     * @param issuedAt since when
     */
    public RevocationSubject {
        Objects.requireNonNull(familyId, "familyId");
        Objects.requireNonNull(tokenId, "tokenId");
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(issuedAt, "issuedAt");
    }
}
