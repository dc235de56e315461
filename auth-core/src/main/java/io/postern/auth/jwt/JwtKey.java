package io.postern.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.util.Base64URL;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * <b>Security.</b> The algorithm never comes from a token. Keys that are too short or do not fit their algorithm, and
 * halves that do not belong together, are refused when made. It prints its algorithm and id, never its material, and
 * cannot be serialised.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class JwtKey {

    private final KeyHalves halves;
    private final Optional<String> id;
    private final KeyTimes times;

    private JwtKey(KeyHalves halves, Optional<String> id, KeyTimes times) {
        this.halves = halves;
        this.id = id;
        this.times = times;
    }

    static JwtKey of(KeyHalves halves, String thumbprint) {
        return new JwtKey(halves, Optional.of(thumbprint), KeyTimes.ALWAYS);
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
     * @throws IllegalArgumentException if type, curve or size do not fit the algorithm, or the halves not each other
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
     * <p>{@code nbf} is the {@linkplain #withActivation activation} and {@code exp} the {@linkplain #withRetirement
     * retirement}, in seconds since 1970, as OpenID Federation 1.0, section 8.7.2 has them in a JWK.
     *
     * @param json one JWK, private or public
     * @return the key, with its {@code kid} or else its thumbprint as id
     * @throws IllegalArgumentException if it is no JWK of a supported kind or lacks {@code alg}; the message shows
     *     nothing of the key
     */
    public static JwtKey ofJwk(String json) {
        return JwkReader.key(json);
    }

    /**
     * Returns a key in PEM (RFC 7468).
     *
     * <p>The text holds a {@code PRIVATE KEY} (PKCS#8, unencrypted), a {@code PUBLIC KEY} or {@code CERTIFICATE}, or one
     * of each. Without a private key it only verifies. A private RSA key may stand alone; one of another kind needs its
     * public half beside it. Of a certificate only the public key is read, not its dates.
     *
     * @param algorithm an RSA, EC or Ed25519 algorithm; PEM does not tell for instance RS256 from PS256
     * @param pem the text
     * @return the key, with its RFC 7638 thumbprint as id
     * @throws IllegalArgumentException if the text holds anything else or the key does not fit the algorithm; the
     *     message shows nothing of the key
     */
    public static JwtKey ofPem(JwtAlgorithm algorithm, String pem) {
        return PemReader.key(algorithm, pem);
    }

    /**
     * Returns this key under another id.
     *
     * @param kid what stands as {@code kid} in the tokens it signs
     * @return a new key
     */
    public JwtKey withId(String kid) {
        return new JwtKey(halves, Optional.of(Objects.requireNonNull(kid, "kid")), times);
    }

    /**
     * Returns this key without an id, as simplejwt's keys are: its tokens carry no {@code kid}.
     *
     * @return a new key
     */
    public JwtKey withoutId() {
        return new JwtKey(halves, Optional.empty(), times);
    }

    /**
     * Returns this key with a time from when it signs. It verifies before that already, so that a node whose clock is
     * behind accepts what another has signed.
     *
     * @param from the first moment at which it signs
     * @return a new key
     * @throws IllegalArgumentException if it would be retired by then
     */
    public JwtKey withActivation(Instant from) {
        return new JwtKey(halves, id, times.from(from));
    }

    /**
     * Returns this key with a time from when it neither signs nor verifies.
     *
     * @param from the first moment at which its tokens are refused
     * @return a new key
     * @throws IllegalArgumentException if it would not have begun to sign by then
     */
    public JwtKey withRetirement(Instant from) {
        return new JwtKey(halves, id, times.until(from));
    }

    /**
     * Returns the algorithm.
     *
     * @return the only one this key is used with
     */
    public JwtAlgorithm algorithm() {
        return halves.algorithm();
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
        return halves.signer().isPresent();
    }

    KeyTimes times() {
        return times;
    }

    /** Its public half as a JWK, or empty if it is a secret. */
    Optional<Map<String, Object>> published() {
        if (halves.publicMembers().isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> jwk = new LinkedHashMap<>();
        id.ifPresent(kid -> jwk.put("kid", kid));
        jwk.put("use", "sig");
        jwk.put("alg", algorithm().headerName());
        jwk.putAll(halves.publicMembers());
        return Optional.of(jwk);
    }

    Base64URL sign(byte[] input) {
        try {
            return halves.sign(input);
        } catch (JOSEException e) {
            throw new IllegalStateException("signing with " + this + " failed", e);
        }
    }

    /**
     * Tells whether a signature is this key's (RFC 7515, section 5.2, step 8).
     *
     * <p><b>Security.</b> It says nothing about the claims; what applications want is {@link JwtVerifier}.
     *
     * @param input the first two parts of the token with the dot between them
     * @param signature the third part, in canonical base64url
     * @return true if it is
     */
    public boolean verify(byte[] input, String signature) {
        return verify(input, new Base64URL(signature));
    }

    boolean verify(byte[] input, Base64URL signature) {
        return halves.verify(input, signature);
    }

    @Override
    public String toString() {
        return "JwtKey[" + algorithm() + " " + id.orElse("without id") + "]";
    }
}
