package io.postern.auth.refresh;

/** What a refresh does to the refresh token shown. */
public enum RotationMode {

    /** It stays good until it ends; only an access token is issued (simplejwt's default). */
    NONE,

    /** A new one is issued too, and the old one stays good (ROTATE_REFRESH_TOKENS alone). */
    REISSUE,

    /** A new one takes its place (ROTATE_REFRESH_TOKENS and BLACKLIST_AFTER_ROTATION; RFC 9700, section 4.14.2). */
    ROTATE
}
