package io.postern.auth.revocation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * An entry of the feed: the tokens that it hits are refused.
 *
 * @param kind what the key names
 * @param key the id of a family, a token or a user; never empty
 * @param revokedAt when
 * @param expires when the last token that it could hit has ended; after that the entry may be forgotten
 */
public record Revocation(Kind kind, String key, Instant revokedAt, Instant expires) {

    /** What is revoked. */
    public enum Kind {
        /** All tokens that descend from one login, whenever they were issued. */
        FAMILY,
        /** One token. */
        TOKEN,
        /**
         * The access and sliding tokens that a user got in the seconds before the one of the revocation.
         *
         * <p>Tokens carry whole seconds, so one of that very second may be older or newer and is not hit. {@link
         * #FAMILY} entries end the families one knows of exactly; this is the net for the rest. Nodes whose clocks
         * differ move the line by the difference.
         */
        USER
    }

    /** How long entries outlive their tokens: covers leeway, clocks that differ between nodes, and clocks that jump. */
    static final Duration MARGIN = Duration.ofHours(1);

    /**
     * Refuses an empty key, which would hit every token without an id.
     *
     * @param kind what the key names
     * @param key the id
     * @param revokedAt when
     * @param expires until when it matters
     * @throws IllegalArgumentException if the key is empty
     */
    public Revocation {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(revokedAt, "revokedAt");
        Objects.requireNonNull(expires, "expires");
        if (key.isEmpty()) {
            throw new IllegalArgumentException("an empty " + kind + " id cannot be revoked: give the id of one");
        }
    }

    /**
     * Tells whether a token is ended by this, however late it is.
     *
     * @param token the token
     * @return true if it is to be refused
     */
    public boolean matches(RevocationSubject token) {
        return switch (kind) {
            case FAMILY -> key.equals(token.familyId());
            case TOKEN -> key.equals(token.tokenId());
            case USER ->
                key.equals(token.userId()) && token.issuedAt().isBefore(revokedAt.truncatedTo(ChronoUnit.SECONDS));
        };
    }

    /** Returns one entry that hits whatever this or another of the same key would hit. */
    Revocation mergedWith(Revocation other) {
        return new Revocation(kind, key, later(revokedAt, other.revokedAt), later(expires, other.expires));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
