package io.postern.auth.refresh;

/** What a store knows of a token's id. */
public enum TokenState {

    /** It may be used. */
    LIVE,
    /** It was replaced by a successor. */
    USED,
    /** It or its family was revoked. */
    REVOKED,
    /** It was never told. */
    UNKNOWN;

    /**
     * Tells whether the token is on simplejwt's blacklist.
     *
     * @return true if it was used or revoked
     */
    public boolean isBlacklisted() {
        return this == USED || this == REVOKED;
    }
}
