package io.postern.auth.endpoint;

import io.postern.auth.internal.JsonLimits;

/**
 * The limits of request bodies of endpoints.
 *
 * @param bytes the maximum length, 16 KiB by default; a longer body is refused with 413
 * @param jsonDepth the maximum nesting of JSON; deeper JSON is refused with 400
 */
public record BodyLimits(int bytes, int jsonDepth) {

    private static final int MAX_BYTES = 16_777_216;

    /**
     * Validates the limits: a login must fit, and bodies are read into memory.
     *
     * @throws IllegalArgumentException if the length is not from 1 KiB to 16 MiB or the depth not from 2 to 100
     */
    public BodyLimits {
        if (bytes < 1024 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "the maximum body must be at least 1024 and at most " + MAX_BYTES + " bytes, not " + bytes);
        }
        if (jsonDepth < 2 || jsonDepth > 100) {
            throw new IllegalArgumentException("JSON depth must be from 2 to 100, not " + jsonDepth);
        }
    }

    JsonLimits json() {
        return new JsonLimits(jsonDepth, JsonLimits.BODY.maxValues(), true);
    }
}
