package io.postern.auth.jwt.internal;

import java.util.Optional;
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
     * @return the key, or empty if no trusted key has this algorithm and id
     * @throws io.postern.auth.StoreException if the keys are not available
     */
    Optional<VerificationKey> find(String algorithm, @Nullable String keyId);

    /** Verifies signatures with one key and one algorithm. */
    @FunctionalInterface
    interface VerificationKey {

        /** Returns whether a signature, in canonical base64url, is this key's over the signing input. */
        boolean verify(byte[] signingInput, String signature);
    }
}
