package io.postern.auth.jwt;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import io.postern.auth.internal.Base64Url;
import io.postern.auth.internal.JsonException;
import io.postern.auth.internal.JsonLimits;
import io.postern.auth.internal.JsonNull;
import io.postern.auth.internal.JsonReader;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Encrypts tokens and decrypts them with one key and one algorithm. Immutable and safe for use by several threads. */
final class JwtEncryption {

    private static final EncryptionMethod METHOD = EncryptionMethod.A256GCM;
    private static final Set<String> MEMBERS = Set.of("alg", "enc", "cty", "kid", "epk", "apu", "apv", "typ");

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final JWEHeader header;
    private final int keyBytes;
    private final JWEEncrypter encrypter;
    private final JWEDecrypter decrypter;

    /**
     * Creates an encryption.
     *
     * @param keyBytes the length of the encrypted key: 0 where the algorithm agrees on the key (RFC 7516, section 5.2)
     */
    private JwtEncryption(JWEAlgorithm algorithm, int keyBytes, JWEEncrypter encrypter, JWEDecrypter decrypter) {
        this.keyBytes = keyBytes;
        this.header =
                new JWEHeader.Builder(algorithm, METHOD).contentType("JWT").build();
        this.encrypter = encrypter;
        this.decrypter = decrypter;
    }

    static JwtEncryption direct(byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("the key must be 32 random bytes, not " + key.length);
        }
        return create(() -> new JwtEncryption(JWEAlgorithm.DIR, 0, new DirectEncrypter(key), new DirectDecrypter(key)));
    }

    static JwtEncryption ecdhEs(ECPublicKey publicKey, ECPrivateKey privateKey) {
        return create(() -> new JwtEncryption(
                JWEAlgorithm.ECDH_ES, 0, new ECDHEncrypter(publicKey), new ECDHDecrypter(privateKey)));
    }

    static JwtEncryption rsaOaep256(RSAPublicKey publicKey, RSAPrivateKey privateKey) {
        if (publicKey.getModulus().bitLength() < 2048) {
            throw new IllegalArgumentException("RSA-OAEP-256 needs a key of at least 2048 bits");
        }
        return create(() -> new JwtEncryption(
                JWEAlgorithm.RSA_OAEP_256,
                (publicKey.getModulus().bitLength() + 7) / 8,
                new RSAEncrypter(publicKey),
                new RSADecrypter(privateKey)));
    }

    String encrypt(String signed) {
        try {
            JWEObject jwe = new JWEObject(header, new Payload(signed));
            jwe.encrypt(encrypter);
            return jwe.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("encrypting a token failed", e);
        }
    }

    /** Returns the payload of a token of five parts; empty if it is not encrypted with this key and algorithm. */
    Optional<String> decrypt(String token) {
        if (!isCanonical(token) || !hasOurHeader(token)) {
            return Optional.empty();
        }
        try {
            JWEObject jwe = JWEObject.parse(token);
            jwe.decrypt(decrypter);
            return Optional.of(jwe.getPayload().toString());
        } catch (ParseException | JOSEException | RuntimeException e) {
            // A malformed header also makes the library throw undeclared exceptions.
            return Optional.empty();
        }
    }

    /**
     * The library skips characters outside base64url, ignores an encrypted key where there must be none, and accepts a
     * ciphertext that continues in the tag; each would give one token many representations.
     */
    private boolean isCanonical(String token) {
        List<Optional<byte[]>> parts =
                Arrays.stream(token.split("\\.", -1)).map(Base64Url::decode).toList();
        return parts.size() == 5
                && parts.stream().allMatch(Optional::isPresent)
                && parts.get(1).get().length == keyBytes
                && parts.get(2).get().length == NONCE_BYTES
                && parts.get(4).get().length == TAG_BYTES;
    }

    private boolean hasOurHeader(String token) {
        try {
            return Base64Url.decode(token.substring(0, token.indexOf('.')))
                    .map(json -> JsonReader.readObject(json, JsonLimits.TOKEN))
                    .filter(this::isOurs)
                    .isPresent();
        } catch (JsonException e) {
            return false;
        }
    }

    private boolean isOurs(Map<String, Object> members) {
        return header.getAlgorithm().getName().equals(members.get("alg"))
                && METHOD.getName().equals(members.get("enc"))
                && MEMBERS.containsAll(members.keySet())
                && !members.containsValue(JsonNull.NULL);
    }

    private static JwtEncryption create(Creation creation) {
        try {
            return creation.create();
        } catch (JOSEException e) {
            throw new IllegalArgumentException("the key does not fit the encryption", e);
        }
    }

    @FunctionalInterface
    private interface Creation {
        JwtEncryption create() throws JOSEException;
    }

    @Override
    public String toString() {
        return "JwtEncryption[" + header.getAlgorithm() + "]";
    }
}
