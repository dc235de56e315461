package io.postern.auth.jwt;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.KeyLengthException;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import io.postern.auth.StoreException;
import io.postern.auth.token.TokenCipher;
import io.postern.auth.token.TokenValue;
import java.text.ParseException;

/**
 * Encrypts token texts with AES-256-GCM, as a JWE with {@code dir} and {@code A256GCM} (RFC 7516).
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class JweTokenCipher implements TokenCipher {

    private static final JWEHeader HEADER = new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM);

    private final DirectEncrypter encrypter;
    private final DirectDecrypter decrypter;

    private JweTokenCipher(byte[] key) throws KeyLengthException {
        this.encrypter = new DirectEncrypter(key);
        this.decrypter = new DirectDecrypter(key);
    }

    /**
     * Returns a cipher.
     *
     * @param key 32 random bytes, kept apart from the store and used for nothing else
     * @return the cipher
     * @throws IllegalArgumentException if there are not exactly 32
     */
    public static JweTokenCipher of(byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("the key must be 32 random bytes, not " + key.length);
        }
        try {
            return new JweTokenCipher(key);
        } catch (KeyLengthException e) {
            throw new IllegalArgumentException("the key does not fit A256GCM", e);
        }
    }

    @Override
    public String encrypt(TokenValue token) {
        try {
            JWEObject jwe = new JWEObject(HEADER, new Payload(token.reveal()));
            jwe.encrypt(encrypter);
            return jwe.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("encrypting a token failed", e);
        }
    }

    @Override
    public TokenValue decrypt(String encrypted) {
        if (!JwtEncryption.isCanonical(encrypted)) {
            throw new StoreException("a stored token is damaged");
        }
        try {
            JWEObject jwe = JWEObject.parse(encrypted);
            jwe.decrypt(decrypter);
            return TokenValue.of(jwe.getPayload().toString());
        } catch (ParseException | JOSEException | RuntimeException e) {
            // A damaged header also makes the library throw what it does not declare.
            throw new StoreException("a stored token cannot be decrypted: was the cipher's key changed?", e);
        }
    }

    @Override
    public String toString() {
        return "JweTokenCipher";
    }
}
