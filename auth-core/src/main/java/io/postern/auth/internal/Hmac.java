package io.postern.auth.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with one key. Immutable and safe for use by several threads. */
public final class Hmac {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_KEY = 32;

    private final SecretKeySpec key;

    private Hmac(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * Creates a MAC with a key.
     *
     * @param setting the name of the setting that the key belongs to, for the message
     * @param key at least 32 random bytes
     * @throws IllegalArgumentException if there are fewer
     */
    public static Hmac of(String setting, byte[] key) {
        if (key.length < MIN_KEY) {
            throw new IllegalArgumentException(
                    setting + " needs a key of at least " + MIN_KEY + " random bytes, this one has " + key.length);
        }
        return new Hmac(new SecretKeySpec(key, ALGORITHM));
    }

    /** Returns the 32 bytes of the MAC of a string in UTF-8. */
    public byte[] of(String message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "Hmac[***]";
    }
}
