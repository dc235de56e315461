package io.postern.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
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
import java.text.ParseException;
import java.util.Arrays;
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
            return new JwtKey(algorithm, thumbprint(jwk), Optional.of(new MACSigner(secret)), new MACVerifier(secret));
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

    static JwtKey jwk(String json) {
        try {
            JWK jwk = JWK.parse(json);
            JwtAlgorithm algorithm = algorithmOf(jwk);
            JwtKey key = jwk instanceof OctetSequenceKey secret
                    ? hmac(algorithm, secret.toByteArray())
                    : asymmetric(algorithm, jwk);
            return jwk.getKeyID() == null ? key : key.withId(jwk.getKeyID());
        } catch (ParseException | JOSEException e) {
            throw new IllegalArgumentException("not a JWK of a supported kind (its text is not shown)");
        }
    }

    private static JwtKey asymmetric(JwtAlgorithm algorithm, JWK jwk) throws JOSEException {
        if (jwk instanceof RSAKey rsa) {
            return pair(algorithm, rsa.toRSAPublicKey(), Optional.ofNullable(rsa.toRSAPrivateKey()));
        }
        if (jwk instanceof ECKey ec) {
            return pair(algorithm, ec.toECPublicKey(), Optional.ofNullable(ec.toECPrivateKey()));
        }
        require(jwk instanceof OctetKeyPair, "not a JWK of a supported kind: use oct, RSA, EC or OKP with Ed25519");
        OctetKeyPair pair = (OctetKeyPair) jwk;
        require(Curve.Ed25519.equals(pair.getCurve()), "of the OKP curves only Ed25519 is supported");
        return pair(algorithm, Ed25519.publicKey(pair), Ed25519.privateKey(pair));
    }

    private static JwtAlgorithm algorithmOf(JWK jwk) {
        require(jwk.getAlgorithm() != null, "the JWK has no \"alg\": add one, because a key is pinned to an algorithm");
        return Arrays.stream(JwtAlgorithm.values())
                .filter(algorithm ->
                        algorithm.headerName().equals(jwk.getAlgorithm().getName()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the JWK's \"alg\" is not supported"));
    }

    private static JwtKey rsa(JwtAlgorithm algorithm, RSAPublicKey publicKey, Optional<PrivateKey> privateKey)
            throws JOSEException {
        int size = publicKey.getModulus().bitLength();
        require(size >= SMALLEST_RSA, algorithm + " needs an RSA key of at least 2048 bits, this one has " + size);
        require(
                publicKey.getPublicExponent().equals(USUAL_EXPONENT),
                "the RSA key has an unusual exponent: make one with 65537");
        Optional<JWSSigner> signer = privateKey.map(key -> new RSASSASigner(cast(algorithm, RSAPrivateKey.class, key)));
        return new JwtKey(
                algorithm, thumbprint(new RSAKey.Builder(publicKey).build()), signer, new RSASSAVerifier(publicKey));
    }

    private static JwtKey ec(JwtAlgorithm algorithm, ECPublicKey publicKey, Optional<PrivateKey> privateKey)
            throws JOSEException {
        Curve curve = Curve.forECParameterSpec(publicKey.getParams());
        Curve wanted = Curve.forJWSAlgorithm(algorithm.jws()).iterator().next();
        require(wanted.equals(curve), algorithm + " needs a key on " + wanted + ", this one is on " + curve);
        ECDSAVerifier verifier = new ECDSAVerifier(publicKey);
        Optional<JWSSigner> signer = privateKey.isEmpty()
                ? Optional.empty()
                : Optional.of(new ECDSASigner(cast(algorithm, ECPrivateKey.class, privateKey.get())));
        return new JwtKey(algorithm, thumbprint(new ECKey.Builder(curve, publicKey).build()), signer, verifier);
    }

    private static JwtKey ed25519(JwtAlgorithm algorithm, EdECPublicKey publicKey, Optional<PrivateKey> privateKey)
            throws JOSEException {
        require(
                publicKey.getParams().getName().equals("Ed25519"),
                algorithm + " needs an Ed25519 key, this one is "
                        + publicKey.getParams().getName());
        Optional<JWSSigner> signer =
                privateKey.map(key -> new Ed25519.Signer(cast(algorithm, EdECPrivateKey.class, key)));
        return new JwtKey(algorithm, thumbprint(Ed25519.jwk(publicKey)), signer, new Ed25519.Verifier(publicKey));
    }

    private static Optional<String> thumbprint(JWK jwk) throws JOSEException {
        return Optional.of(jwk.computeThumbprint().toString());
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

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
