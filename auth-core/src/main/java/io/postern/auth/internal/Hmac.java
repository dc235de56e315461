package io.postern.auth.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An HMAC with one key (RFC 2104). Immutable and safe for use by several threads.
 *
 * <p>Copying a MAC that has its key takes half the time of looking the algorithm up, and needs no thread-local.
 */
public final class Hmac {

    private static final int MIN_KEY = 32;

    private final SecretKeySpec key;

    /** Never used itself, so that any number of threads may copy it. */
    private final Mac keyed;

    private Hmac(String algorithm, byte[] key) {
        this.key = new SecretKeySpec(key, algorithm);
        this.keyed = create();
    }

    /**
     * Creates an HMAC-SHA256 with a key.
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
        return new Hmac("HmacSHA256", key);
    }

    /**
     * Creates an HMAC with a hash of the SHA-2 family.
     *
     * @param hashBits 256, 384 or 512
     */
    public static Hmac sha2(int hashBits, byte[] key) {
        return new Hmac("HmacSHA" + hashBits, key);
    }

    /** Returns the MAC of a string in UTF-8. */
    public byte[] of(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        return of(bytes, bytes.length);
    }

    /** Returns the MAC of the first bytes of an array. */
    public byte[] of(byte[] message, int length) {
        Mac mac = copy();
        mac.update(message, 0, length);
        return mac.doFinal();
    }

    private Mac copy() {
        try {
            return (Mac) keyed.clone();
        } catch (CloneNotSupportedException e) {
            // As with the MACs of a hardware module.
            return create();
        }
    }

    private Mac create() {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + key.getAlgorithm(), e);
        }
    }

    @Override
    public String toString() {
        return "Hmac[***]";
    }
}
