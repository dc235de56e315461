package io.postern.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.utils.ECChecks;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import io.postern.auth.internal.RandomText;
import io.postern.auth.jwt.internal.KeySource.VerificationKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates keys from secrets and the JDK's key objects, and rejects those that do not fit their algorithm. */
final class KeyMaterial {

    private static final int MIN_RSA_BITS = 2048;
    private static final int GENERATED_RSA_BITS = 3072;
    private static final BigInteger USUAL_EXPONENT = BigInteger.valueOf(65_537);
    private static final byte[] PROBE = "Are both halves of one pair?".getBytes(StandardCharsets.US_ASCII);

    private KeyMaterial() {}

    static JwtKey generate(JwtAlgorithm algorithm) {
        if (algorithm.family() == JwtAlgorithm.Family.HMAC) {
            return hmac(algorithm, new RandomText().bytes(algorithm.minSecretBytes()));
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.keyPairType());
            switch (algorithm.family()) {
                case RSA -> generator.initialize(GENERATED_RSA_BITS);
                case EC -> generator.initialize(algorithm.curve().toECParameterSpec());
                default -> {
                    // the generator's name determines the curve
                }
            }
            KeyPair pair = generator.generateKeyPair();
            return pair(algorithm, pair.getPublic(), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot generate keys for " + algorithm, e);
        }
    }

    static JwtKey hmac(JwtAlgorithm algorithm, byte[] secret) {
        require(algorithm.family() == JwtAlgorithm.Family.HMAC, algorithm + " needs a key pair: use JwtKey.of(…)");
        require(
                secret.length >= algorithm.minSecretBytes(),
                algorithm + " needs a secret of at least " + algorithm.minSecretBytes() + " bytes, this one has "
                        + secret.length + ": take it from SecureRandom, not from a password");
        try {
            JWK jwk = new OctetSequenceKey.Builder(secret).build();
            return new JwtKey(
                    algorithm,
                    Signatures.hmac(algorithm, secret),
                    null,
                    new MACSigner(secret.clone()), // it keeps a reference to the array
                    Map.of(),
                    jwk.computeThumbprint().toString());
        } catch (JOSEException e) {
            throw unfit(algorithm, e);
        }
    }

    static JwtKey pair(JwtAlgorithm algorithm, PublicKey publicKey, @Nullable PrivateKey privateKey) {
        try {
            return switch (algorithm.family()) {
                case HMAC -> throw new IllegalArgumentException(algorithm + " needs a secret: use JwtKey.hmac(…)");
                case RSA -> rsa(algorithm, cast(algorithm, RSAPublicKey.class, publicKey), privateKey);
                case EC -> ec(algorithm, cast(algorithm, ECPublicKey.class, publicKey), privateKey);
                case ED25519 -> ed25519(algorithm, cast(algorithm, EdECPublicKey.class, publicKey), privateKey);
            };
        } catch (JOSEException | GeneralSecurityException e) {
            throw unfit(algorithm, e);
        }
    }

    private static JwtKey rsa(JwtAlgorithm algorithm, RSAPublicKey publicKey, @Nullable PrivateKey privateKey)
            throws JOSEException, GeneralSecurityException {
        int size = publicKey.getModulus().bitLength();
        require(size >= MIN_RSA_BITS, algorithm + " needs an RSA key of at least 2048 bits, this one has " + size);
        require(
                publicKey.getPublicExponent().equals(USUAL_EXPONENT),
                "the RSA key has an unusual public exponent: generate one with 65537");
        JWSSigner signer =
                privateKey == null ? null : new RSASSASigner(cast(algorithm, RSAPrivateKey.class, privateKey));
        VerificationKey verifier = Signatures.rsa(algorithm, publicKey);
        return key(algorithm, new RSAKey.Builder(publicKey).build(), verifier, null, signer);
    }

    private static JwtKey ec(JwtAlgorithm algorithm, ECPublicKey publicKey, @Nullable PrivateKey privateKey)
            throws JOSEException, GeneralSecurityException {
        Curve curve = Curve.forECParameterSpec(publicKey.getParams());
        Curve wanted = algorithm.curve();
        require(
                wanted.equals(curve),
                algorithm + " needs a key on " + wanted + ", this one is on "
                        + (curve == null ? "a curve that is not supported" : curve.getName()));
        require(
                ECChecks.isPointOnCurve(publicKey, wanted.toECParameterSpec()),
                "the point of the key is not on " + wanted);
        VerificationKey verifier = Signatures.ec(algorithm, publicKey);
        Supplier<VerificationKey> faster = () -> BouncyCastleSignatures.ec(algorithm, publicKey);
        JWSSigner signer = privateKey == null ? null : new ECDSASigner(cast(algorithm, ECPrivateKey.class, privateKey));
        return key(algorithm, new ECKey.Builder(wanted, publicKey).build(), verifier, faster, signer);
    }

    private static JwtKey ed25519(JwtAlgorithm algorithm, EdECPublicKey publicKey, @Nullable PrivateKey privateKey)
            throws JOSEException, GeneralSecurityException {
        require(
                publicKey.getParams().getName().equals("Ed25519"),
                algorithm + " needs an Ed25519 key, this one is "
                        + publicKey.getParams().getName());
        JWSSigner signer =
                privateKey == null ? null : new Ed25519.Signer(cast(algorithm, EdECPrivateKey.class, privateKey));
        VerificationKey verifier = Signatures.ed25519(publicKey);
        Supplier<VerificationKey> faster = () -> BouncyCastleSignatures.ed25519(publicKey);
        return key(algorithm, Ed25519.jwk(publicKey), verifier, faster, signer);
    }

    private static JwtKey key(
            JwtAlgorithm algorithm,
            JWK publicJwk,
            VerificationKey verifier,
            @Nullable Supplier<VerificationKey> bouncyCastle,
            @Nullable JWSSigner signer)
            throws JOSEException {
        require(
                signer == null || belongTogether(new JWSHeader(algorithm.jws()), verifier, signer),
                "the private and the public key do not belong together: use both halves of one pair");
        // The members of the thumbprint describe a public key completely, and are never private. Their order is fixed
        // so
        // that all nodes publish the same JWK Set.
        Map<String, Object> members = Collections.unmodifiableMap(new LinkedHashMap<>(publicJwk.getRequiredParams()));
        return new JwtKey(
                algorithm,
                verifier,
                bouncyCastle,
                signer,
                members,
                publicJwk.computeThumbprint().toString());
    }

    private static boolean belongTogether(JWSHeader header, VerificationKey verifier, JWSSigner signer) {
        try {
            return verifier.verify(
                    PROBE, PROBE.length, signer.sign(header, PROBE).decode());
        } catch (JOSEException e) {
            return false;
        }
    }

    private static <T> T cast(JwtAlgorithm algorithm, Class<T> type, Object key) {
        require(
                type.isInstance(key),
                algorithm + " needs a key of type " + type.getSimpleName() + ", not "
                        + key.getClass().getSimpleName());
        return type.cast(key);
    }

    private static IllegalArgumentException unfit(JwtAlgorithm algorithm, Exception cause) {
        return new IllegalArgumentException("the key does not fit " + algorithm, cause);
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
