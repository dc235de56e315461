package io.postern.auth.token;

/**
 * The syntax of token values.
 *
 * <p>Implement this for a syntax of your own. {@link #isPlausible} is called on each request before the store, so that
 * malformed tokens cost no look-up. Implementations are safe for use by several threads.
 */
public interface TokenFormat {

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
     * @return false if the store need not be asked
     */
    boolean isPlausible(String value);

    /**
     * Returns the format with 256 bits, a prefix that secret scanners recognise, and a checksum.
     *
     * @param prefix lower-case letters and digits, for instance the product's name
     * @return the format {@code <prefix>_<43 characters><6 characters of checksum>}
     * @throws IllegalArgumentException if the prefix is empty, longer than 20 characters or has other characters
     */
    static TokenFormat checked(String prefix) {
        return new CheckedFormat(prefix);
    }

    /**
     * Returns DRF's format: 160 bits as 40 hex digits (drf-contract AT-2). Any printable string up to 255 characters is
     * plausible, because DRF's keys may have been created by hand.
     */
    static TokenFormat drf() {
        return new DrfFormat();
    }
}
