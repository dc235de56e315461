package io.postern.auth.revocation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * An entry of the feed: matching tokens are rejected.
 *
 * @param kind what the key identifies
 * @param key the id of a family, a token or a user; not empty
 * @param revokedAt the time of the revocation
 * @param expires when the last token that it can match has expired; after that the entry may be deleted
 */
public record Revocation(Kind kind, String key, Instant revokedAt, Instant expires) {

    /** What is revoked. */
    public enum Kind {
        /** All tokens of one family, whenever they were issued. */
        FAMILY,
        /** One token. */
        TOKEN,
        /**
         * The access and sliding tokens that a user was issued before the second of the revocation.
         *
         * <p>Tokens carry whole seconds, so one of that very second may be older or newer and does not match. {@link
         * #FAMILY} entries revoke known families exactly; this one covers the rest. Clocks of nodes that differ shift the
         * limit by the difference.
         */
        USER
    }

    /** How long entries outlive their tokens: covers leeway, differences between clocks, and clocks that jump. */
    static final Duration MARGIN = Duration.ofHours(1);

    /**
     * Rejects an empty key, which would match every token without an id.
     *
     * @throws IllegalArgumentException if the key is empty
     */
    public Revocation {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(revokedAt, "revokedAt");
        Objects.requireNonNull(expires, "expires");
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a " + kind + " with an empty id cannot be revoked");
        }
    }

    /** Returns whether a token is revoked by this entry, disregarding {@link #expires}. */
    public boolean matches(Subject token) {
        return switch (kind) {
            case FAMILY -> key.equals(token.familyId());
            case TOKEN -> key.equals(token.tokenId());
            case USER ->
                key.equals(token.userId()) && token.issuedAt().isBefore(revokedAt.truncatedTo(ChronoUnit.SECONDS));
        };
    }

    /** Returns an entry that matches whatever this or another one with the same key matches. */
    public Revocation mergedWith(Revocation other) {
        return new Revocation(kind, key, later(revokedAt, other.revokedAt), later(expires, other.expires));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * The data of a verified token by which it can be revoked; none of it is secret.
     *
     * @param familyId the family of the token; empty if it has none
     * @param tokenId its {@code jti}; empty if it has none
     * @param userId its user, as passed to {@link Revocations#revokeUser}; empty if it has none, and for refresh tokens, which
     *     the revocation of a user does not affect
     * @param issuedAt its {@code iat}; {@link Instant#EPOCH} if it has none, so that it counts as old
     */
    public record Subject(String familyId, String tokenId, String userId, Instant issuedAt) {

        /** Rejects null. */
        public Subject {
            Objects.requireNonNull(familyId, "familyId");
            Objects.requireNonNull(tokenId, "tokenId");
            Objects.requireNonNull(userId, "userId");
            Objects.requireNonNull(issuedAt, "issuedAt");
        }
    }
}
