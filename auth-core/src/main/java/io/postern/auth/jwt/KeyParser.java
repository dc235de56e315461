package io.postern.auth.jwt;

import static io.postern.auth.jwt.KeyMaterial.require;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import io.postern.auth.internal.Base64Strict;
import io.postern.auth.internal.JsonException;
import io.postern.auth.internal.JsonLimits;
import io.postern.auth.internal.JsonNull;
import io.postern.auth.internal.JsonReader;
import io.postern.auth.internal.Utf8;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses keys from JWK, JWK Set (RFC 7517) and PEM (RFC 7468), in strings and files. Messages contain nothing of a key. */
final class KeyParser {

    /** Some hundred RSA keys: a larger file is not a key file. */
    private static final int MAX_FILE_BYTES = 1 << 20;

    private static final String UNREADABLE = "not a JWK of a supported type (its content is not shown)";
    private static final Instant MAX_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final Set<String> LABELS = Set.of(PRIVATE, PUBLIC, CERTIFICATE);

    private static final Pattern ESCAPED_LINE_END = Pattern.compile("\\\\{1,4}[nrt]");

    private KeyParser() {}

    /** Parses a file; messages name it. */
    static <T> T file(Path file, Function<String, T> parser) {
        String content = content(file);
        try {
            return parser.apply(content);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the key file " + file + ": " + e.getMessage(), e);
        }
    }

    private static String content(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_FILE_BYTES + 1);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the key file " + file + " cannot be read: check its path and permissions", e);
        }
        require(
                bytes.length <= MAX_FILE_BYTES,
                "the key file " + file + " is larger than " + MAX_FILE_BYTES + " bytes");
        return Utf8.decode(bytes)
                .map(content -> content.startsWith(BYTE_ORDER_MARK) ? content.substring(1) : content)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the key file " + file + " is not UTF-8: it must contain PEM or JSON, not for instance DER"));
    }

    static List<JwtKey> jwkSet(String json) {
        if (!(object(json).get("keys") instanceof List<?> members)) {
            throw new IllegalArgumentException(
                    "not a JWK Set: it needs a member \"keys\" with an array, as in {\"keys\": [{\"kty\": …}]}");
        }
        List<JwtKey> keys = new ArrayList<>();
        for (Object member : members) {
            try {
                keys.add(jwk(
                        null, JsonReader.asObject(member).orElseThrow(() -> new IllegalArgumentException(UNREADABLE))));
            } catch (IllegalArgumentException e) {
                int number = keys.size() + 1;
                throw new IllegalArgumentException("key " + number + " of the JWK Set: " + e.getMessage(), e);
            }
        }
        return keys;
    }

    /**
     * Parses a JWK.
     *
     * @param algorithm the algorithm that the caller names, or null
     */
    static JwtKey jwk(@Nullable JwtAlgorithm algorithm, String json) {
        return jwk(algorithm, object(json));
    }

    private static Map<String, Object> object(String json) {
        try {
            return JsonReader.asObject(JsonReader.read(json, JsonLimits.TOKEN))
                    .orElseThrow(() -> new IllegalArgumentException(UNREADABLE));
        } catch (JsonException e) {
            throw new IllegalArgumentException("not JSON (its content is not shown): " + e.getMessage());
        }
    }

    private static JwtKey jwk(@Nullable JwtAlgorithm algorithm, Map<String, Object> json) {
        Map<String, Object> members = new LinkedHashMap<>(json);
        members.values().removeIf(JsonNull.NULL::equals); // as writers of objects send what is absent
        Instant activation = time(members, "nbf");
        Instant retirement = time(members, "exp");
        JWK jwk;
        try {
            jwk = JWK.parse(members);
        } catch (ParseException | RuntimeException e) {
            throw new IllegalArgumentException(UNREADABLE);
        }
        requireForSignatures(jwk);
        JwtKey key = material(algorithmOf(jwk, algorithm), jwk);
        if (jwk.getKeyID() != null) {
            key = key.withId(jwk.getKeyID());
        }
        if (activation != null) {
            key = key.withActivation(activation);
        }
        return retirement == null ? key : key.withRetirement(retirement);
    }

    private static @Nullable Instant time(Map<String, Object> members, String name) {
        Object value = members.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Long seconds && seconds >= 0 && seconds <= MAX_TIME.getEpochSecond()) {
            return Instant.ofEpochSecond(seconds);
        }
        throw new IllegalArgumentException(
                "the JWK's \"" + name + "\" is not a time: it must be whole seconds since 1970");
    }

    private static void requireForSignatures(JWK jwk) {
        boolean use = jwk.getKeyUse() == null || KeyUse.SIGNATURE.equals(jwk.getKeyUse());
        boolean operations = jwk.getKeyOperations() == null
                || jwk.getKeyOperations().contains(KeyOperation.SIGN)
                || jwk.getKeyOperations().contains(KeyOperation.VERIFY);
        require(use && operations, "by its \"use\" or \"key_ops\" the JWK is not for signatures: remove it");
        require(jwk.getKeyRevocation() == null, "the JWK is marked as revoked: remove it");
    }

    private static JwtAlgorithm algorithmOf(JWK jwk, @Nullable JwtAlgorithm named) {
        if (jwk.getAlgorithm() == null) {
            return named == null ? onlyAlgorithmOf(jwk) : named;
        }
        for (JwtAlgorithm algorithm : JwtAlgorithm.values()) {
            if (algorithm.headerName().equals(jwk.getAlgorithm().getName())) {
                require(
                        named == null || named == algorithm,
                        "the JWK's \"alg\" is " + algorithm.headerName() + ", not " + named);
                return algorithm;
            }
        }
        throw new IllegalArgumentException("the JWK's \"alg\" is not supported");
    }

    private static JwtAlgorithm onlyAlgorithmOf(JWK jwk) {
        Curve curve = jwk instanceof ECKey ec ? ec.getCurve() : jwk instanceof OctetKeyPair okp ? okp.getCurve() : null;
        for (JwtAlgorithm algorithm : JwtAlgorithm.values()) {
            Set<Curve> curves = Curve.forJWSAlgorithm(algorithm.jws());
            if (curve != null && curves != null && curves.contains(curve)) {
                return algorithm;
            }
        }
        require(curve == null, "the JWK's \"crv\" is not supported: use P-256, P-384, P-521 or Ed25519");
        throw new IllegalArgumentException("the JWK has no \"alg\", and its type fits several algorithms:"
                + " add one, or use JwtKey.ofJwk(algorithm, json)");
    }

    private static JwtKey material(JwtAlgorithm algorithm, JWK jwk) {
        try {
            if (jwk instanceof OctetSequenceKey secret) {
                return KeyMaterial.hmac(algorithm, secret.toByteArray());
            }
            if (jwk instanceof RSAKey rsa) {
                return KeyMaterial.pair(algorithm, rsa.toRSAPublicKey(), rsa.toRSAPrivateKey());
            }
            if (jwk instanceof ECKey ec) {
                return KeyMaterial.pair(algorithm, ec.toECPublicKey(), ec.toECPrivateKey());
            }
            if (jwk instanceof OctetKeyPair okp) {
                require(Curve.Ed25519.equals(okp.getCurve()), "of the OKP curves only Ed25519 is supported");
                return KeyMaterial.pair(algorithm, Ed25519.publicKey(okp), Ed25519.privateKey(okp));
            }
            throw new IllegalArgumentException(UNREADABLE);
        } catch (JOSEException e) {
            // Without the cause: its message could contain key material.
            throw new IllegalArgumentException(UNREADABLE);
        }
    }

    static JwtKey pem(JwtAlgorithm algorithm, String pem) {
        require(
                algorithm.family() != JwtAlgorithm.Family.HMAC,
                algorithm + " needs a secret, which PEM cannot contain: use JwtKey.hmac(…)");
        Map<String, byte[]> blocks = blocks(pem);
        require(
                !blocks.isEmpty(),
                "not PEM: a line -----BEGIN PRIVATE KEY----- or -----BEGIN PUBLIC KEY----- is missing");
        require(
                !(blocks.containsKey(PUBLIC) && blocks.containsKey(CERTIFICATE)),
                "the PEM has both a public key and a certificate: remove one");
        try {
            PrivateKey privateKey = privateKey(algorithm, blocks);
            return KeyMaterial.pair(algorithm, publicKey(algorithm, blocks, privateKey), privateKey);
        } catch (GeneralSecurityException e) {
            // Without the cause: its message could contain key material.
            throw new IllegalArgumentException("the PEM has no key that " + algorithm + " can use: it needs one of "
                    + algorithm.keyPairType() + ", unencrypted and undamaged");
        }
    }

    private static @Nullable PrivateKey privateKey(JwtAlgorithm algorithm, Map<String, byte[]> blocks)
            throws GeneralSecurityException {
        byte[] der = blocks.get(PRIVATE);
        return der == null ? null : factory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static PublicKey publicKey(
            JwtAlgorithm algorithm, Map<String, byte[]> blocks, @Nullable PrivateKey privateKey)
            throws GeneralSecurityException {
        byte[] key = blocks.get(PUBLIC);
        if (key != null) {
            return factory(algorithm).generatePublic(new X509EncodedKeySpec(key));
        }
        byte[] certificate = blocks.get(CERTIFICATE);
        if (certificate != null) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate))
                    .getPublicKey();
        }
        if (privateKey instanceof RSAPrivateCrtKey rsa) {
            return factory(algorithm).generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
        }
        throw new IllegalArgumentException("the PEM has a private key without its public half: append it,"
                + " for instance with `openssl pkey -in key.pem -pubout >> key.pem`");
    }

    private static KeyFactory factory(JwtAlgorithm algorithm) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm.keyPairType());
    }

    /** Content outside the blocks is explanatory (RFC 7468, section 5.2). */
    private static Map<String, byte[]> blocks(String pem) {
        Map<String, byte[]> blocks = new HashMap<>();
        int begin = pem.indexOf(BEGIN);
        while (begin >= 0) {
            int labelEnd = pem.indexOf(DASHES, begin + BEGIN.length());
            require(labelEnd >= 0, "the PEM is truncated within a line");
            String label = pem.substring(begin + BEGIN.length(), labelEnd);
            require(
                    LABELS.contains(label),
                    "the PEM has a block other than PRIVATE KEY, PUBLIC KEY and CERTIFICATE: convert a private key in an"
                            + " older or encrypted format with `openssl pkcs8 -topk8 -nocrypt -in key.pem`");
            int end = pem.indexOf(END + label + DASHES, labelEnd);
            require(end >= 0, "the PEM is truncated: a line " + END + label + DASHES + " is missing");
            byte[] der = base64(pem.substring(labelEnd + DASHES.length(), end));
            require(
                    blocks.put(label, der) == null,
                    "the PEM has two blocks " + label
                            + ": a key is one pair, and of a chain only the first certificate");
            begin = pem.indexOf(BEGIN, end);
        }
        return blocks;
    }

    /** Ignores white space of any kind, and line ends that are written as {@code \n}, as in environment variables. */
    private static byte[] base64(String lines) {
        StringBuilder digits = new StringBuilder(lines.length());
        ESCAPED_LINE_END
                .matcher(lines)
                .replaceAll("")
                .chars()
                .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
                .forEach(c -> digits.append((char) c));
        return Base64Strict.decode(digits.toString())
                .orElseThrow(() -> new IllegalArgumentException("the PEM is damaged: a block is not base64"));
    }
}
