package io.postern.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes keys out of what applications have, and refuses what does not fit. */
final class KeyMaterial {

    private static final int SMALLEST_RSA = 2048;
    private static final BigInteger USUAL_EXPONENT = BigInteger.valueOf(65_537);

    private KeyMaterial() {}

    static JwtKey hmac(JwtAlgorithm algorithm, byte[] secret) {
        require(algorithm.family() == JwtAlgorithm.Family.HMAC, algorithm + " needs a key pair: use JwtKey.of(…)");
        require(
                secret.length >= algorithm.smallestSecret(),
                algorithm + " needs a secret of at least " + algorithm.smallestSecret() + " bytes, this one has "
                        + secret.length + ": take it from SecureRandom, not from a password");
        try {
            JWK jwk = new OctetSequenceKey.Builder(secret).build();
            // Both keep the array that they are given.
            KeyHalves halves = new KeyHalves(
                    algorithm,
                    new JWSHeader(algorithm.jws()),
                    Optional.of(new MACSigner(secret.clone())),
                    new MACVerifier(secret.clone()),
                    Map.of());
            return JwtKey.of(halves, jwk.computeThumbprint().toString());
        } catch (JOSEException e) {
            throw unfit(algorithm, e);
        }
    }

    static JwtKey pair(JwtAlgorithm algorithm, PublicKey publicKey, Optional<PrivateKey> privateKey) {
        try {
            return switch (algorithm.family()) {
                case HMAC -> throw new IllegalArgumentException(algorithm + " needs a secret: use JwtKey.hmac(…)");
                case RSA -> rsa(algorithm, cast(algorithm, RSAPublicKey.class, publicKey), privateKey);
                case EC -> ec(algorithm, cast(algorithm, ECPublicKey.class, publicKey), privateKey);
                case ED25519 -> ed25519(algorithm, cast(algorithm, EdECPublicKey.class, publicKey), privateKey);
            };
        } catch (JOSEException e) {
            throw unfit(algorithm, e);
        }
    }

    private static JwtKey rsa(JwtAlgorithm algorithm, RSAPublicKey publicKey, Optional<PrivateKey> privateKey)
            throws JOSEException {
        int size = publicKey.getModulus().bitLength();
        require(size >= SMALLEST_RSA, algorithm + " needs an RSA key of at least 2048 bits, this one has " + size);
        require(
                publicKey.getPublicExponent().equals(USUAL_EXPONENT),
                "the RSA key has an unusual exponent: make one with 65537");
        Optional<JWSSigner> signer = privateKey.map(key -> new RSASSASigner(cast(algorithm, RSAPrivateKey.class, key)));
        return key(algorithm, new RSAKey.Builder(publicKey).build(), signer, new RSASSAVerifier(publicKey));
    }

    private static JwtKey ec(JwtAlgorithm algorithm, ECPublicKey publicKey, Optional<PrivateKey> privateKey)
            throws JOSEException {
        Optional<Curve> curve = Optional.ofNullable(Curve.forECParameterSpec(publicKey.getParams()));
        Curve wanted = Curve.forJWSAlgorithm(algorithm.jws()).iterator().next();
        require(
                curve.filter(wanted::equals).isPresent(),
                algorithm + " needs a key on " + wanted + ", this one is on "
                        + curve.map(Curve::getName).orElse("a curve that is not supported"));
        ECDSAVerifier verifier = new ECDSAVerifier(publicKey);
        Optional<JWSSigner> signer = privateKey.isEmpty()
                ? Optional.empty()
                : Optional.of(new ECDSASigner(cast(algorithm, ECPrivateKey.class, privateKey.get())));
        return key(algorithm, new ECKey.Builder(wanted, publicKey).build(), signer, verifier);
    }

    private static JwtKey ed25519(JwtAlgorithm algorithm, EdECPublicKey publicKey, Optional<PrivateKey> privateKey)
            throws JOSEException {
        require(
                publicKey.getParams().getName().equals("Ed25519"),
                algorithm + " needs an Ed25519 key, this one is "
                        + publicKey.getParams().getName());
        Optional<JWSSigner> signer =
                privateKey.map(key -> new Ed25519.Signer(cast(algorithm, EdECPrivateKey.class, key)));
        return key(algorithm, Ed25519.jwk(publicKey), signer, new Ed25519.Verifier(publicKey));
    }

    /** The members of which a thumbprint is made are all that a public key has to tell, and never private. */
    private static JwtKey key(JwtAlgorithm algorithm, JWK publicJwk, Optional<JWSSigner> signer, JWSVerifier verifier)
            throws JOSEException {
        Map<String, Object> members = new LinkedHashMap<>(publicJwk.getRequiredParams());
        KeyHalves halves = new KeyHalves(algorithm, new JWSHeader(algorithm.jws()), signer, verifier, members);
        require(
                halves.belongTogether(),
                "the private and the public key do not belong together: give both halves of one pair");
        return JwtKey.of(halves, publicJwk.computeThumbprint().toString());
    }

    private static <T> T cast(JwtAlgorithm algorithm, Class<T> type, Object key) {
        require(
                type.isInstance(key),
                algorithm + " needs a key of type " + type.getSimpleName() + ", not "
                        + key.getClass().getSimpleName());
        return type.cast(key);
    }

    private static IllegalArgumentException unfit(JwtAlgorithm algorithm, JOSEException cause) {
        return new IllegalArgumentException("the key does not fit " + algorithm, cause);
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
