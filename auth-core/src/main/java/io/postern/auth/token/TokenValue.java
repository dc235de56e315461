package io.postern.auth.token;

import io.postern.auth.internal.ConstantTime;
import io.postern.auth.internal.Digests;

/**
 * The value of a bearer token.
 *
 * <p><b>Security.</b> {@code toString()} omits it; {@link #reveal()} is easy to search for. Comparison is constant-time.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class TokenValue {

    private final String value;

    private TokenValue(String value) {
        this.value = value;
    }

    /** Wraps a string. */
    public static TokenValue of(String value) {
        return new TokenValue(value);
    }

    /** Returns the string, for its owner, or for a store whose schema keeps tokens in clear. */
    public String reveal() {
        return value;
    }

    /**
     * Returns the SHA-256 of the value as 64 hex digits, which stores keep instead of it. Tokens are random enough for
     * a plain digest.
     */
    public String digest() {
        return Digests.sha256Hex(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenValue that && ConstantTime.equals(value, that.value);
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
