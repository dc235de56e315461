package io.postern.auth.jwt;

import static io.postern.auth.jwt.KeyMaterial.require;

import io.postern.auth.internal.Base64Strict;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a key in PEM (RFC 7468); what is wrong with it is said without a character of it. */
final class PemReader {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final Set<String> KNOWN = Set.of(PRIVATE, PUBLIC, CERTIFICATE);

    private PemReader() {}

    static JwtKey key(JwtAlgorithm algorithm, String pem) {
        require(
                algorithm.family() != JwtAlgorithm.Family.HMAC,
                algorithm + " needs a secret, which PEM does not hold: use JwtKey.hmac(…)");
        Map<String, byte[]> blocks = blocks(pem);
        require(!blocks.isEmpty(), "no PEM: it needs a line -----BEGIN PRIVATE KEY----- or -----BEGIN PUBLIC KEY-----");
        require(
                !(blocks.containsKey(PUBLIC) && blocks.containsKey(CERTIFICATE)),
                "the PEM has both a public key and a certificate: leave one out");
        try {
            Optional<PrivateKey> privateKey = privateKey(algorithm, blocks);
            return KeyMaterial.pair(algorithm, publicKey(algorithm, blocks, privateKey), privateKey);
        } catch (GeneralSecurityException e) {
            // Without the cause: what it says of the bytes is out of our hands.
            throw new IllegalArgumentException("the PEM holds no key that " + algorithm + " can use: it needs one of "
                    + factoryName(algorithm) + ", unencrypted and undamaged");
        }
    }

    private static Optional<PrivateKey> privateKey(JwtAlgorithm algorithm, Map<String, byte[]> blocks)
            throws GeneralSecurityException {
        Optional<byte[]> der = Optional.ofNullable(blocks.get(PRIVATE));
        return der.isEmpty()
                ? Optional.empty()
                : Optional.of(factory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der.get())));
    }

    private static PublicKey publicKey(
            JwtAlgorithm algorithm, Map<String, byte[]> blocks, Optional<PrivateKey> privateKey)
            throws GeneralSecurityException {
        Optional<byte[]> key = Optional.ofNullable(blocks.get(PUBLIC));
        if (key.isPresent()) {
            return factory(algorithm).generatePublic(new X509EncodedKeySpec(key.get()));
        }
        Optional<byte[]> certificate = Optional.ofNullable(blocks.get(CERTIFICATE));
        if (certificate.isPresent()) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate.get()))
                    .getPublicKey();
        }
        if (privateKey.isPresent() && privateKey.get() instanceof RSAPrivateCrtKey rsa) {
            return factory(algorithm).generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
        }
        throw new IllegalArgumentException("the PEM has the private key without the public one: append that,"
                + " for instance with `openssl pkey -in key.pem -pubout >> key.pem`");
    }

    private static KeyFactory factory(JwtAlgorithm algorithm) throws GeneralSecurityException {
        return KeyFactory.getInstance(factoryName(algorithm));
    }

    private static String factoryName(JwtAlgorithm algorithm) {
        return switch (algorithm.family()) {
            case RSA -> "RSA";
            case EC -> "EC";
            default -> "Ed25519";
        };
    }

    /** Text outside the blocks is explanatory (RFC 7468, section 5.2). */
    private static Map<String, byte[]> blocks(String pem) {
        Map<String, byte[]> blocks = new HashMap<>();
        int begin = pem.indexOf(BEGIN);
        while (begin >= 0) {
            int labelEnd = pem.indexOf(DASHES, begin + BEGIN.length());
            require(labelEnd >= 0, "the PEM is cut off within a line");
            String label = requireKnown(pem.substring(begin + BEGIN.length(), labelEnd));
            int end = pem.indexOf(END + label + DASHES, labelEnd);
            require(end >= 0, "the PEM is cut off: a line " + END + label + DASHES + " is missing");
            byte[] der = decode(pem.substring(labelEnd + DASHES.length(), end));
            require(
                    blocks.put(label, der) == null,
                    "the PEM has two blocks " + label
                            + ": a key is one pair, and of a chain only the first certificate");
            begin = pem.indexOf(BEGIN, end);
        }
        return blocks;
    }

    private static String requireKnown(String label) {
        require(
                KNOWN.contains(label),
                "the PEM has a block that is none of PRIVATE KEY, PUBLIC KEY and CERTIFICATE: turn a private key of an"
                        + " older or encrypted form into one with `openssl pkcs8 -topk8 -nocrypt -in key.pem`");
        return label;
    }

    private static byte[] decode(String lines) {
        StringBuilder digits = new StringBuilder(lines.length());
        lines.chars().filter(c -> " \t\r\n".indexOf(c) < 0).forEach(c -> digits.append((char) c));
        return Base64Strict.decode(digits.toString())
                .orElseThrow(() -> new IllegalArgumentException("the PEM is damaged: a block is not base64"));
    }
}
