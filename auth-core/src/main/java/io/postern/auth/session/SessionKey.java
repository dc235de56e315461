package io.postern.auth.session;

import io.postern.auth.internal.ConstantTime;
import io.postern.auth.internal.Digests;

/**
 * The value of a session cookie, as a {@link SessionStore} receives it.
 *
 * <p><b>Security.</b> {@code toString()} omits it; {@link #reveal()} is easy to search for. Comparison is constant-time.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class SessionKey {

    private final String value;

    private SessionKey(String value) {
        this.value = value;
    }

    /** Wraps a string. */
    public static SessionKey of(String value) {
        return new SessionKey(value);
    }

    /** Returns the string, for the browser, or for a store whose schema keeps session keys in clear, as Django's does. */
    public String reveal() {
        return value;
    }

    /** Returns the SHA-256 of the value as 64 hex digits, which stores keep instead of it. */
    public String digest() {
        return Digests.sha256Hex(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionKey that && ConstantTime.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return digest().hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
