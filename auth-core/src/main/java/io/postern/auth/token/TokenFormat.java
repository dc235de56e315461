package io.postern.auth.token;

/**
 * What the texts of tokens look like, and which texts cannot be tokens at all.
 *
 * <p>Implement this for a form of your own. It is asked on each request before the store, so that typing errors cost no
 * look-up. Implementations are safe for use by several threads.
 */
public interface TokenFormat {

    /**
     * Returns a new token from at least 128 random bits.
     *
     * @return the token
     */
    TokenValue create();

    /**
     * Tells whether a text may be a token.
     *
     * @param text what a client sent, at most 8192 characters
     * @return false if the store need not be asked
     */
    boolean isPlausible(String text);

    /**
     * Returns the form with 256 random bits, a prefix that secret scanners recognise, and a checksum.
     *
     * @param prefix lower-case letters and digits, for instance the product's name
     * @return the format {@code <prefix>_<43 characters><6 characters of checksum>}
     * @throws IllegalArgumentException if the prefix is empty, longer than 20 characters or has others than those
     */
    static TokenFormat checked(String prefix) {
        return new CheckedFormat(prefix);
    }

    /**
     * Returns DRF's form: 160 random bits as 40 hex digits (drf-contract AT-2). Any printable text up to 255 characters
     * is looked up, because DRF's keys may have been made by hand.
     *
     * @return the format
     */
    static TokenFormat drf() {
        return new DrfFormat();
    }
}
