package io.postern.auth.internal;

/**
 * How much JSON is read at most; the caller has bounded the length before.
 *
 * @param maxDepth how deep arrays and objects may nest, 1 to 500; a scalar has depth 0
 * @param maxValues the maximum number of values in a document, counting containers and their items
 * @param allowLoneSurrogates whether half of a surrogate pair may stand alone in a string; code that allows it must check
 *     for it with {@link Utf8#loneSurrogate(String)}
 */
public record JsonLimits(int maxDepth, int maxValues, boolean allowLoneSurrogates) {

    /** For the parts of a JWT: nothing in them may be odd. */
    public static final JsonLimits TOKEN = new JsonLimits(32, 10_000, false);

    /** For request bodies: a lone surrogate is a field's error there, as in DRF. */
    public static final JsonLimits BODY = new JsonLimits(64, 10_000, true);

    /**
     * Refuses limits that would let the reader exhaust the stack.
     *
     * @param maxDepth 1 to 500
     * @param maxValues at least 1
     * @param allowLoneSurrogates either
     */
    public JsonLimits {
        if (maxDepth < 1 || maxDepth > 500) {
            throw new IllegalArgumentException("maxDepth is " + maxDepth + "; choose 1 to 500");
        }
        if (maxValues < 1) {
            throw new IllegalArgumentException("maxValues is " + maxValues + "; choose at least 1");
        }
    }
}
