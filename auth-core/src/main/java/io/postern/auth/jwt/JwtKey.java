package io.postern.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Objects;
import java.util.Optional;

/**
 * A key pinned to one algorithm, with which tokens are verified and, if it has the secret half, signed.
 *
 * <pre>{@code
 * JwtKey key = JwtKey.hmac(JwtAlgorithm.HS256, secret);                      // at least 32 random bytes
 * JwtKey key = JwtKey.of(JwtAlgorithm.ES256, keys.getPublic(), keys.getPrivate());
 * }</pre>
 *
 * <b>Security.</b> The algorithm never comes from a token. Keys that are too short or do not fit their algorithm are
 * refused when made. It does not print its material.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class JwtKey {

    private final JwtAlgorithm algorithm;
    private final Optional<String> id;
    private final Optional<JWSSigner> signer;
    private final JWSVerifier verifier;
    private final JWSHeader header;

    JwtKey(JwtAlgorithm algorithm, Optional<String> id, Optional<JWSSigner> signer, JWSVerifier verifier) {
        this.algorithm = algorithm;
        this.id = id;
        this.signer = signer;
        this.verifier = verifier;
        this.header = new JWSHeader(algorithm.jws());
    }

    /**
     * Returns a key for an HMAC algorithm.
     *
     * @param algorithm HS256, HS384 or HS512
     * @param secret random bytes, at least as many as the hash has
     * @return the key, with its RFC 7638 thumbprint as id
     * @throws IllegalArgumentException if the secret is too short or the algorithm is no HMAC
     */
    public static JwtKey hmac(JwtAlgorithm algorithm, byte[] secret) {
        return KeyMaterial.hmac(algorithm, secret);
    }

    /**
     * Returns a key of a pair, which signs and verifies.
     *
     * @param algorithm an RSA, EC or Ed25519 algorithm
     * @param publicKey the public half
     * @param privateKey the private half
     * @return the key, with its RFC 7638 thumbprint as id
     * @throws IllegalArgumentException if type, curve or size do not fit the algorithm
     */
    public static JwtKey of(JwtAlgorithm algorithm, PublicKey publicKey, PrivateKey privateKey) {
        return KeyMaterial.pair(algorithm, publicKey, Optional.of(privateKey));
    }

    /**
     * Returns a public key, which verifies only.
     *
     * @param algorithm an RSA, EC or Ed25519 algorithm
     * @param publicKey the public half
     * @return the key, with its RFC 7638 thumbprint as id
     * @throws IllegalArgumentException if type, curve or size do not fit the algorithm
     */
    public static JwtKey of(JwtAlgorithm algorithm, PublicKey publicKey) {
        return KeyMaterial.pair(algorithm, publicKey, Optional.empty());
    }

    /**
     * Returns a key in JSON (RFC 7517, section 4). Its {@code alg} pins the algorithm.
     *
     * @param json one JWK, private or public
     * @return the key, with its {@code kid} or else its thumbprint as id
     * @throws IllegalArgumentException if it is no JWK of a supported kind or lacks {@code alg}
     */
    public static JwtKey ofJwk(String json) {
        return KeyMaterial.jwk(json);
    }

    /**
     * Returns this key under another id.
     *
     * @param kid what stands as {@code kid} in the tokens it signs
     * @return a new key
     */
    public JwtKey withId(String kid) {
        return new JwtKey(algorithm, Optional.of(Objects.requireNonNull(kid, "kid")), signer, verifier);
    }

    /**
     * Returns this key without an id, as simplejwt's keys are: its tokens carry no {@code kid}.
     *
     * @return a new key
     */
    public JwtKey withoutId() {
        return new JwtKey(algorithm, Optional.empty(), signer, verifier);
    }

    /**
     * Returns the algorithm.
     *
     * @return the only one this key is used with
     */
    public JwtAlgorithm algorithm() {
        return algorithm;
    }

    /**
     * Returns the id.
     *
     * @return the {@code kid}, or empty
     */
    public Optional<String> id() {
        return id;
    }

    /**
     * Tells whether it can sign.
     *
     * @return false for a public key alone
     */
    public boolean canSign() {
        return signer.isPresent();
    }

    Base64URL sign(byte[] input) {
        JWSSigner secret = signer.orElseThrow(() -> new IllegalStateException("a public key cannot sign"));
        try {
            return secret.sign(header, input);
        } catch (JOSEException e) {
            throw new IllegalStateException("signing with " + this + " failed", e);
        }
    }

    boolean verify(byte[] input, Base64URL signature) {
        try {
            return verifier.verify(header, input, signature);
        } catch (JOSEException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "JwtKey[" + algorithm + " " + id.orElse("without id") + "]";
    }
}
