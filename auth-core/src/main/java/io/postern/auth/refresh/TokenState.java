package io.postern.auth.refresh;

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
