package io.postern.auth.refresh;

/** What a refresh does to the presented refresh token. */
public enum RotationMode {

    /** It stays valid; only an access token is issued (simplejwt's default). */
    NONE,

    /** A new one is issued too, and the old one stays valid (ROTATE_REFRESH_TOKENS alone). */
    REISSUE,

    /** It is replaced by a new one (ROTATE_REFRESH_TOKENS and BLACKLIST_AFTER_ROTATION; RFC 9700, section 4.14.2). */
    ROTATE
}
