package io.postern.auth.jwt.internal;

import org.jspecify.annotations.Nullable;

/** Finds the key that a token is verified with: in the application's key ring, or in the JWK Set of an outside issuer. */
@FunctionalInterface
public interface KeySource {

    /**
     * Returns the key pinned to an algorithm and an id.
     *
     * <p><b>Security.</b> Both arguments come from a header that nothing has verified yet.
     *
     * @param algorithm the header's {@code alg}
     * @param keyId the header's {@code kid}, or null if it has none
     * @return the key, or null if no trusted key has this algorithm and id
     * @throws io.postern.auth.StoreException if the keys are not available
     */
    @Nullable
    VerificationKey find(String algorithm, @Nullable String keyId);

    /** Verifies signatures with one key and one algorithm. */
    @FunctionalInterface
    interface VerificationKey {

        /**
         * Returns whether a signature is this key's.
         *
         * @param text the token, or as much of it as is signed
         * @param length how many bytes of it are signed
         */
        boolean verify(byte[] text, int length, byte[] signature);
    }
}
