package io.postern.benchmarks.contender;

import io.postern.benchmarks.stub.Credential;

/** What the cases of sessions share. */
final class Sessions {

    /** The cookie of sessions in a store. */
    static final String STORED = "__Host-session";

    private Sessions() {}

    /** Returns no cookie, the cookie with an unknown value, and another cookie. */
    static Refused refused(String cookie) {
        return new Refused(
                Credential.NONE,
                cookie.equals(STORED) ? Credential.cookie(STORED, "A".repeat(43)) : Credential.unknownSession(),
                Credential.cookie("other", "A".repeat(43)));
    }
}
