package io.postern.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.util.Base64URL;
import io.postern.auth.jwt.internal.KeySource.VerificationKey;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A key pinned to one algorithm: verifies tokens and, with a private half or secret, signs them.
 *
 * <pre>{@code
 * JwtKey key = JwtKey.hmac(JwtAlgorithm.HS256, secret);                      // at least 32 random bytes
 * JwtKey key = JwtKey.of(JwtAlgorithm.ES256, keys.getPublic(), keys.getPrivate());
 * JwtKey key = JwtKey.generate(JwtAlgorithm.ES256);                          // lost at the end of the process
 * }</pre>
 *
 * <b>Security.</b> The algorithm never comes from a token. Keys that are too short or do not fit their algorithm, and
 * halves of different pairs, are rejected on creation. {@code toString()} contains the algorithm and the id, never key
 * material, and the key is not serializable.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class JwtKey {

    private final JwtAlgorithm algorithm;
    private final JWSHeader header;
    private final VerificationKey verifier;
    private final @Nullable Supplier<VerificationKey> bouncyCastle;
    private final @Nullable JWSSigner signer;
    private final Map<String, Object> publicMembers;
    private final @Nullable String id;
    private final Instant activation;
    private final Instant retirement;

    /**
     * Creates a key that is always active.
     *
     * @param bouncyCastle creates the verifier of {@link #withBouncyCastle}; null for an algorithm that has none
     * @param publicMembers the members of the public key as a JWK; empty for a secret
     */
    JwtKey(
            JwtAlgorithm algorithm,
            VerificationKey verifier,
            @Nullable Supplier<VerificationKey> bouncyCastle,
            @Nullable JWSSigner signer,
            Map<String, Object> publicMembers,
            String id) {
        this.algorithm = algorithm;
        this.header = new JWSHeader(algorithm.jws());
        this.verifier = verifier;
        this.bouncyCastle = bouncyCastle;
        this.signer = signer;
        this.publicMembers = publicMembers;
        this.id = id;
        this.activation = Instant.MIN;
        this.retirement = Instant.MAX;
    }

    private JwtKey(JwtKey from, VerificationKey verifier, @Nullable String id, Instant activation, Instant retirement) {
        if (!activation.isBefore(retirement)) {
            throw new IllegalArgumentException("a key with the retirement " + retirement
                    + " cannot have the activation " + activation + ": let it retire later");
        }
        this.algorithm = from.algorithm;
        this.header = from.header;
        this.verifier = verifier;
        this.bouncyCastle = from.bouncyCastle;
        this.signer = from.signer;
        this.publicMembers = from.publicMembers;
        this.id = id;
        this.activation = activation;
        this.retirement = retirement;
    }

    /**
     * Generates a key: a secret of as many bytes as the hash has, an RSA pair of 3072 bits, or a pair on the algorithm's
     * curve. It cannot be exported and is lost at the end of the process, and all tokens with it: for tests, demonstrations
     * and single processes whose tokens may end with them.
     *
     * @return the key, with its RFC 7638 thumbprint as id
     */
    public static JwtKey generate(JwtAlgorithm algorithm) {
        return KeyMaterial.generate(algorithm);
    }

    /**
     * Returns a key for an HMAC algorithm.
     *
     * @param algorithm HS256, HS384 or HS512
     * @param secret random bytes, at least as many as the hash has
     * @return the key, with its RFC 7638 thumbprint as id
     * @throws IllegalArgumentException if the secret is too short or the algorithm is not an HMAC
     */
    public static JwtKey hmac(JwtAlgorithm algorithm, byte[] secret) {
        return KeyMaterial.hmac(algorithm, secret);
    }

    /**
     * Returns a key that signs and verifies.
     *
     * @param algorithm an RSA, EC or Ed25519 algorithm
     * @return the key, with its RFC 7638 thumbprint as id
     * @throws IllegalArgumentException if type, curve or size do not fit the algorithm, or the halves are not of one pair
     */
    public static JwtKey of(JwtAlgorithm algorithm, PublicKey publicKey, PrivateKey privateKey) {
        return KeyMaterial.pair(algorithm, publicKey, Objects.requireNonNull(privateKey, "privateKey"));
    }

    /**
     * Returns a public key, which only verifies.
     *
     * @param algorithm an RSA, EC or Ed25519 algorithm
     * @return the key, with its RFC 7638 thumbprint as id
     * @throws IllegalArgumentException if type, curve or size do not fit the algorithm
     */
    public static JwtKey of(JwtAlgorithm algorithm, PublicKey publicKey) {
        return KeyMaterial.pair(algorithm, publicKey, null);
    }

    /**
     * Returns a key from a JWK (RFC 7517, section 4). {@code alg} determines the algorithm; without it, the curve does: Ed25519,
     * P-256, P-384 or P-521.
     *
     * <p>{@code nbf} is the {@linkplain #withActivation activation} and {@code exp} the {@linkplain #withRetirement
     * retirement}, in seconds since 1970, as in a JWK of OpenID Federation 1.0, section 8.7.2.
     *
     * @param json one JWK, private or public
     * @return the key, with its {@code kid} or else its thumbprint as id
     * @throws IllegalArgumentException if it is not a JWK of a supported type, or has no {@code alg} and its type fits
     *     several algorithms; the message contains nothing of the key
     */
    public static JwtKey ofJwk(String json) {
        return KeyParser.jwk(null, json);
    }

    /**
     * Returns a key from a JWK, as {@link #ofJwk(String)} does, for an algorithm that its {@code alg} need not name.
     *
     * @throws IllegalArgumentException if it is not a JWK of a supported type, has another {@code alg}, or does not fit the
     *     algorithm; the message contains nothing of the key
     */
    public static JwtKey ofJwk(JwtAlgorithm algorithm, String json) {
        return KeyParser.jwk(Objects.requireNonNull(algorithm, "algorithm"), json);
    }

    /**
     * Returns a key from PEM (RFC 7468).
     *
     * <p>The string contains a {@code PRIVATE KEY} (PKCS#8, unencrypted), a {@code PUBLIC KEY} or {@code CERTIFICATE}, or
     * one of each. Without a private key it only verifies. A private RSA key may stand alone; one of another type needs its
     * public half. Of a certificate only the public key is used, not its validity period. Line
     * ends may be written as {@code \n}, as in environment variables, or be missing; content around the blocks, such as
     * quotes, is ignored.
     *
     * @param algorithm an RSA, EC or Ed25519 algorithm; PEM does not distinguish for instance RS256 from PS256
     * @return the key, with its RFC 7638 thumbprint as id
     * @throws IllegalArgumentException if the string contains anything else or the key does not fit the algorithm; the
     *     message contains nothing of the key
     */
    public static JwtKey ofPem(JwtAlgorithm algorithm, String pem) {
        return KeyParser.pem(algorithm, pem);
    }

    /** Returns a copy with another id, the {@code kid} of the tokens it signs. */
    public JwtKey withId(String kid) {
        return new JwtKey(this, verifier, Objects.requireNonNull(kid, "kid"), activation, retirement);
    }

    /** Returns a copy without an id, as simplejwt's keys are: its tokens have no {@code kid}. */
    public JwtKey withoutId() {
        return new JwtKey(this, verifier, null, activation, retirement);
    }

    /**
     * Returns a copy that signs from a point in time on. It verifies before that, so that a node whose clock is behind
     * accepts the tokens of another.
     *
     * @throws IllegalArgumentException if it would be retired by then
     */
    public JwtKey withActivation(Instant from) {
        return new JwtKey(this, verifier, id, from, retirement);
    }

    /**
     * Returns a copy that neither signs nor verifies from a point in time on.
     *
     * @throws IllegalArgumentException if it would not be active by then
     */
    public JwtKey withRetirement(Instant from) {
        return new JwtKey(this, verifier, id, activation, from);
    }

    /**
     * Returns a copy that verifies by Bouncy Castle's lightweight API, which takes about a tenth of the JDK's time for ES256
     * and Ed25519. HMAC and RSA keys are returned as they are: the JDK is faster there. Signing does not change.
     *
     * @throws IllegalStateException if Bouncy Castle is not on the class path
     */
    public JwtKey withBouncyCastle() {
        if (bouncyCastle == null) {
            return this;
        }
        try {
            return new JwtKey(this, bouncyCastle.get(), id, activation, retirement);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "withBouncyCastle() needs Bouncy Castle: add org.bouncycastle:bcprov-jdk18on to the class path", e);
        }
    }

    /** Returns the only algorithm of this key. */
    public JwtAlgorithm algorithm() {
        return algorithm;
    }

    /** Returns the {@code kid}, or empty. */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    boolean hasId(String wanted) {
        return wanted.equals(id);
    }

    /** Returns whether it has a private half or secret. */
    public boolean canSign() {
        return signer != null;
    }

    /** Returns the start of signing, or {@link Instant#MIN}. */
    Instant activation() {
        return activation;
    }

    /** Returns the end of signing and verifying, or {@link Instant#MAX}. */
    Instant retirement() {
        return retirement;
    }

    boolean signsAt(Instant now) {
        return !now.isBefore(activation) && verifiesAt(now);
    }

    boolean verifiesAt(Instant now) {
        return now.isBefore(retirement);
    }

    /** Returns the public half as a JWK, or empty if it is a secret. */
    Optional<Map<String, Object>> published() {
        if (publicMembers.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> jwk = new LinkedHashMap<>();
        id().ifPresent(kid -> jwk.put("kid", kid));
        jwk.put("use", "sig");
        jwk.put("alg", algorithm.headerName());
        jwk.putAll(publicMembers);
        return Optional.of(jwk);
    }

    Base64URL sign(byte[] input) {
        if (signer == null) {
            throw new IllegalStateException(this + " is a public key and cannot sign");
        }
        try {
            return signer.sign(header, input);
        } catch (JOSEException e) {
            throw new IllegalStateException("signing with " + this + " failed", e);
        }
    }

    /**
     * Returns whether a signature is valid for this key (RFC 7515, section 5.2, step 8).
     *
     * <p><b>Security.</b> It does not validate claims; applications want {@link JwtAuthenticator}.
     *
     * @param text the token, which begins with what is signed: the first two parts with the dot between them
     * @param length how many bytes are signed
     * @param signature the third part, decoded
     */
    public boolean verify(byte[] text, int length, byte[] signature) {
        return verifier.verify(text, length, signature);
    }

    @Override
    public String toString() {
        return "JwtKey[" + algorithm + " " + id().orElse("without id") + "]";
    }
}
