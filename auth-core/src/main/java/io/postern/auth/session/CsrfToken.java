package io.postern.auth.session;

import io.postern.auth.internal.ConstantTime;
import io.postern.auth.internal.Digests;
import io.postern.auth.internal.RandomText;

/**
 * Django's form of secret and token: 32 characters, or 64 when masked, so that no two responses contain the same string
 * (drf-contract CF-1 to CF-3).
 */
final class CsrfToken {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int SECRET_LENGTH = 32;

    private final RandomText random = new RandomText();

    String newSecret() {
        return random.alphanumeric(SECRET_LENGTH);
    }

    /** Returns the secret of the session with a cookie; it is not stored, and does not reveal the cookie. */
    static String derivedFrom(String cookie) {
        return Digests.sha256Hex("io.postern.csrf:" + cookie).substring(0, SECRET_LENGTH);
    }

    String mask(String secret) {
        String mask = newSecret();
        return mask + shifted(secret, mask, 1);
    }

    static boolean hasGoodLength(String token) {
        return token.length() == SECRET_LENGTH || token.length() == 2 * SECRET_LENGTH;
    }

    static boolean hasGoodCharacters(String token) {
        return token.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }

    static boolean isWellFormed(String token) {
        return hasGoodLength(token) && hasGoodCharacters(token);
    }

    /** Compares two well-formed tokens, masked or bare. */
    static boolean match(String one, String other) {
        return ConstantTime.equals(secretOf(one), secretOf(other));
    }

    static String secretOf(String token) {
        return token.length() == SECRET_LENGTH
                ? token
                : shifted(token.substring(SECRET_LENGTH), token.substring(0, SECRET_LENGTH), -1);
    }

    private static String shifted(String token, String mask, int direction) {
        StringBuilder result = new StringBuilder(SECRET_LENGTH);
        for (int i = 0; i < SECRET_LENGTH; i++) {
            int index = ALPHABET.indexOf(token.charAt(i)) + direction * ALPHABET.indexOf(mask.charAt(i));
            result.append(ALPHABET.charAt(Math.floorMod(index, ALPHABET.length())));
        }
        return result.toString();
    }
}
