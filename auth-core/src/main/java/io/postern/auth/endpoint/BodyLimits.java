package io.postern.auth.endpoint;

import io.postern.auth.internal.JsonLimits;

/**
 * How large the body of a request to an endpoint may be.
 *
 * @param bytes its length; 16 KiB by default, above it the answer is 413
 * @param jsonDepth how deep JSON may be nested; above it the answer is 400
 */
public record BodyLimits(int bytes, int jsonDepth) {

    private static final int LARGEST = 16_777_216;

    /**
     * Refuses limits under which no login would fit, and bodies of more than 16 MiB, which are read into memory.
     *
     * @param bytes its length
     * @param jsonDepth how deep JSON may be nested
     * @throws IllegalArgumentException if a limit is out of these bounds, or the depth is not from 2 to 100
     */
    public BodyLimits {
        if (bytes < 1024 || bytes > LARGEST) {
            throw new IllegalArgumentException(
                    "largest body must be at least 1024 and at most " + LARGEST + " bytes, not " + bytes);
        }
        if (jsonDepth < 2 || jsonDepth > 100) {
            throw new IllegalArgumentException("JSON depth must be from 2 to 100, not " + jsonDepth);
        }
    }

    JsonLimits json() {
        return new JsonLimits(jsonDepth, JsonLimits.BODY.maxValues(), true);
    }
}
