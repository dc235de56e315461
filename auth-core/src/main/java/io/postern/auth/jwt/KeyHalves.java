package io.postern.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a key computes with, made ready once.
 *
 * @param publicMembers the members of the public key as a JWK; empty for a secret, which has nothing to publish
 */
record KeyHalves(
        JwtAlgorithm algorithm,
        JWSHeader header,
        Optional<JWSSigner> signer,
        JWSVerifier verifier,
        Map<String, Object> publicMembers) {

    private static final byte[] PROBE = "Do both halves belong together?".getBytes(StandardCharsets.US_ASCII);

    KeyHalves {
        // In one order, so that what is published does not differ from node to node.
        publicMembers = Collections.unmodifiableMap(new LinkedHashMap<>(publicMembers));
    }

    Base64URL sign(byte[] input) throws JOSEException {
        return signer.orElseThrow(() -> new IllegalStateException("a public key cannot sign"))
                .sign(header, input);
    }

    boolean verify(byte[] input, Base64URL signature) {
        try {
            return verifier.verify(header, input, signature);
        } catch (JOSEException e) {
            return false;
        }
    }

    boolean belongTogether() {
        try {
            return signer.isEmpty() || verify(PROBE, sign(PROBE));
        } catch (JOSEException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "KeyHalves[" + algorithm + "]";
    }
}
