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

    /**
     * The syntax of token values.
     *
     * <p>Implement this for a syntax of your own. {@link #isPlausible} is called on each request before the store, so that
     * malformed tokens cost no look-up. Implementations are safe for use by several threads.
     */
    public interface Format {

        /**
         * Returns the token value for some bits; equal bits give equal values.
         *
         * @param bits 32 bytes, random or derived by HMAC; at least the first 16 must go into the value
         */
        TokenValue create(byte[] bits);

        /**
         * Returns whether a string may be a token of this format.
         *
         * @param value what a client sent, at most 8192 characters
         * @return false if no look-up is needed
         */
        boolean isPlausible(String value);

        /**
         * Returns the format with 256 bits, a prefix that secret scanners recognise, and a checksum.
         *
         * @param prefix lower-case letters and digits, for instance the product's name
         * @return the format {@code <prefix>_<43 characters><6 characters of checksum>}
         * @throws IllegalArgumentException if the prefix is empty, longer than 20 characters or has other characters
         */
        static Format checked(String prefix) {
            return new CheckedFormat(prefix);
        }

        /**
         * Returns DRF's format: 160 bits as 40 hex digits (drf-contract AT-2). Any printable string up to 255 characters is
         * plausible, because DRF's keys may have been created by hand.
         */
        static Format drf() {
            return new DrfFormat();
        }
    }
}
