package io.postern.auth.jwt;

import io.postern.auth.jwt.internal.KeySource.VerificationKey;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Verifies signatures on elliptic curves by Bouncy Castle's lightweight API, which needs a tenth of the JDK's time; no
 * provider is registered. The only class of the package that depends on Bouncy Castle.
 */
final class BouncyCastleSignatures {

    private BouncyCastleSignatures() {}

    static VerificationKey ec(JwtAlgorithm algorithm, ECPublicKey key) {
        String hash = "SHA-" + algorithm.hashBits();
        X9ECParameters curve = CustomNamedCurves.getByName(algorithm.curve().getStdName());
        ECDomainParameters domain = new ECDomainParameters(curve);
        // Refuses points that are not on the curve.
        ECPublicKeyParameters point = new ECPublicKeyParameters(
                curve.getCurve().createPoint(key.getW().getAffineX(), key.getW().getAffineY()), domain);
        int half = (domain.getN().bitLength() + 7) / 8;
        return (text, length, signature) -> {
            if (signature.length != 2 * half) {
                return false;
            }
            ECDSASigner signer = new ECDSASigner();
            signer.init(false, point);
            // It refuses numbers that are 0, or not below the order.
            return signer.verifySignature(
                    digest(hash, text, length),
                    new BigInteger(1, signature, 0, half),
                    new BigInteger(1, signature, half, half));
        };
    }

    static VerificationKey ed25519(EdECPublicKey key) {
        byte[] encoded = key.getEncoded();
        Ed25519PublicKeyParameters point =
                new Ed25519PublicKeyParameters(encoded, encoded.length - Ed25519PublicKeyParameters.KEY_SIZE);
        return (text, length, signature) -> {
            Ed25519Signer signer = new Ed25519Signer();
            signer.init(false, point);
            signer.update(text, 0, length);
            return signer.verifySignature(signature);
        };
    }

    private static byte[] digest(String hash, byte[] text, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance(hash);
            digest.update(text, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + hash, e);
        }
    }
}
