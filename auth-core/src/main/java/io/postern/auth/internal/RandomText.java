package io.postern.auth.internal;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Unguessable random strings. Thread-safe. */
public final class RandomText {

    private static final String ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private final SecureRandom random = new SecureRandom();

    /** Creates one with the platform's default source of randomness. */
    public RandomText() {}

    /**
     * Returns fresh random bytes.
     *
     * @param count how many
     */
    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Returns a random number from 0 to below a bound. */
    public int number(int bound) {
        return random.nextInt(bound);
    }

    /**
     * Returns random bytes in hexadecimal digits of lower case.
     *
     * @param bytes how many bytes; the string is twice as long
     */
    public String hex(int bytes) {
        return HexFormat.of().formatHex(bytes(bytes));
    }

    /**
     * Returns random bytes in base64url without padding.
     *
     * @param bytes how many bytes
     */
    public String base64Url(int bytes) {
        return Base64Url.encode(bytes(bytes));
    }

    /**
     * Returns random letters a to z, A to Z and digits, each as likely as the other: 5.95 bits a char.
     *
     * @param length how many
     */
    public String alphanumeric(int length) {
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(ALPHANUMERIC.charAt(random.nextInt(ALPHANUMERIC.length())));
        }
        return out.toString();
    }
}
