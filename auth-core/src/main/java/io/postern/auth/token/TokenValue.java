package io.postern.auth.token;

import io.postern.auth.internal.ConstantTime;
import io.postern.auth.internal.Digests;

/**
 * The text of a token, which whoever holds it can use.
 *
 * <p><b>Security.</b> It does not print; {@link #reveal()} is easy to search for. Comparison is constant-time.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class TokenValue {

    private final String text;

    private TokenValue(String text) {
        this.text = text;
    }

    /**
     * Wraps a text.
     *
     * @param text the token
     * @return the wrapped token
     */
    public static TokenValue of(String text) {
        return new TokenValue(text);
    }

    /**
     * Returns the text, to be given to its owner.
     *
     * @return the token
     */
    public String reveal() {
        return text;
    }

    /**
     * Returns what stores keep in place of the text: its SHA-256 in hex. The texts are random enough for that.
     *
     * @return 64 hex digits
     */
    public String digest() {
        return Digests.sha256Hex(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenValue that && ConstantTime.equals(text, that.text);
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
