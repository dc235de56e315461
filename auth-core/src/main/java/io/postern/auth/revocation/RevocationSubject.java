package io.postern.auth.revocation;

import java.time.Instant;
import java.util.Objects;

/**
 * The data of a verified token by which it can be revoked; none of it is secret.
 *
 * @param familyId the family of the token; empty if it has none
 * @param tokenId its {@code jti}; empty if it has none
 * @param userId its user, as passed to {@link Revocations#revokeUser}; empty if it has none, and for refresh tokens, which
 *     the revocation of a user does not affect
 * @param issuedAt its {@code iat}; {@link Instant#EPOCH} if it has none, so that it counts as old
 */
public record RevocationSubject(String familyId, String tokenId, String userId, Instant issuedAt) {

    /** Rejects null. */
    public RevocationSubject {
        Objects.requireNonNull(familyId, "familyId");
        Objects.requireNonNull(tokenId, "tokenId");
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(issuedAt, "issuedAt");
    }
}
