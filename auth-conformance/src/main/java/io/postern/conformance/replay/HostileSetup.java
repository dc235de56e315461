package io.postern.conformance.replay;

import io.postern.Preset;

/**
 * A server that hostile inputs are sent to.
 *
 * @param container what serves it
 * @param preset what is demanded where nothing else is said
 * @param profile which key signs, and whether tokens travel in cookies, as the inputs call it
 * @param encrypted whether tokens are encrypted too
 */
record HostileSetup(Container.Kind container, Preset preset, String profile, boolean encrypted) {

    /** Tokens of the user from before some moment are no longer taken. */
    static final String CUT_OFF = "cut-off";

    /** A refresh token is good once, and no answer is given again. */
    static final String ONCE = "once";

    /** Sessions are in a store of Postern's, which ends them some time after the login. */
    static final String STORED_SESSIONS = "stored-sessions";

    HostileSetup once() {
        return new HostileSetup(container, preset, ONCE, encrypted);
    }

    HostileSetup encryptedToo() {
        return new HostileSetup(container, preset, profile, true);
    }

    boolean usesCookies() {
        return profile.equals("cookie");
    }

    boolean storesSessions() {
        return profile.equals(STORED_SESSIONS);
    }

    /** Whether it has the defaults of the preset. */
    boolean isAsShipped() {
        return !encrypted && !profile.equals(ONCE);
    }

    /** What is special about it. */
    String name() {
        return encrypted ? "encrypted" : profile;
    }
}
