package io.postern.auth.jwt;

import io.postern.auth.internal.Hmac;
import io.postern.auth.jwt.internal.KeySource.VerificationKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signatures through the JDK, over the bytes of the token as they were received (RFC 7518, section 3; RFC 8037).
 * Nimbus is the reference in the tests; its own decoding of a token takes several times as long as an HMAC.
 */
final class Signatures {

    private static final int ED25519_LENGTH = 64;

    private Signatures() {}

    static VerificationKey hmac(JwtAlgorithm algorithm, byte[] secret) {
        Hmac mac = Hmac.sha2(algorithm.hashBits(), secret);
        return (text, length, signature) -> MessageDigest.isEqual(mac.of(text, length), signature);
    }

    static VerificationKey rsa(JwtAlgorithm algorithm, RSAPublicKey key) throws GeneralSecurityException {
        int length = (key.getModulus().bitLength() + 7) / 8;
        int bits = algorithm.hashBits();
        return algorithm.isPss()
                ? JdkKey.of("RSASSA-PSS", pss(bits), key, length)
                : JdkKey.of("SHA" + bits + "withRSA", null, key, length);
    }

    static VerificationKey ec(JwtAlgorithm algorithm, ECPublicKey key) throws GeneralSecurityException {
        BigInteger order = key.getParams().getOrder();
        int half = (order.bitLength() + 7) / 8;
        VerificationKey jdk = JdkKey.of("SHA" + algorithm.hashBits() + "withECDSAinP1363Format", null, key, 2 * half);
        // JDK 17.0.2 and older accept zeros (CVE-2022-21449).
        return (text, length, signature) -> signature.length == 2 * half
                && isInRange(signature, 0, half, order)
                && isInRange(signature, half, half, order)
                && jdk.verify(text, length, signature);
    }

    static VerificationKey ed25519(PublicKey key) throws GeneralSecurityException {
        return JdkKey.of("Ed25519", null, key, ED25519_LENGTH);
    }

    private static boolean isInRange(byte[] signature, int from, int length, BigInteger order) {
        BigInteger number = new BigInteger(1, signature, from, length);
        return number.signum() > 0 && number.compareTo(order) < 0;
    }

    private static PSSParameterSpec pss(int bits) {
        return new PSSParameterSpec(
                "SHA-" + bits,
                "MGF1",
                new MGF1ParameterSpec("SHA-" + bits),
                bits / 8,
                PSSParameterSpec.TRAILER_FIELD_BC);
    }

    /** A public key; each call creates its own {@link Signature}, which is not safe for use by several threads. */
    private record JdkKey(String name, @Nullable AlgorithmParameterSpec parameters, PublicKey key, int signatureLength)
            implements VerificationKey {

        /** Fails at start-up if the JDK lacks the algorithm. */
        static JdkKey of(String name, @Nullable AlgorithmParameterSpec parameters, PublicKey key, int signatureLength)
                throws GeneralSecurityException {
            JdkKey created = new JdkKey(name, parameters, key, signatureLength);
            Signature unused = created.signature();
            return created;
        }

        @Override
        public boolean verify(byte[] text, int length, byte[] signature) {
            // The JDK ignores bytes after an Ed25519 signature.
            if (signature.length != signatureLength) {
                return false;
            }
            try {
                Signature verifying = signature();
                verifying.update(text, 0, length);
                return verifying.verify(signature);
            } catch (GeneralSecurityException e) {
                return false;
            }
        }

        private Signature signature() throws GeneralSecurityException {
            Signature verifying = Signature.getInstance(name);
            if (parameters != null) {
                verifying.setParameter(parameters);
            }
            verifying.initVerify(key);
            return verifying;
        }
    }
}
