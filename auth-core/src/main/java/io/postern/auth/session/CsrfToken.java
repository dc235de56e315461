package io.postern.auth.session;

import io.postern.auth.internal.ConstantTime;
import io.postern.auth.internal.Digests;
import io.postern.auth.internal.RandomText;

/**
 * Django's form of secret and token: 32 characters, or 64 when masked, so that no two answers show the same text
 * (drf-contract CF-1 to CF-3).
 */
final class CsrfToken {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int SECRET_LENGTH = 32;

    private final RandomText random = new RandomText();

    String newSecret() {
        return random.alphanumeric(SECRET_LENGTH);
    }

    /** The secret of a session whose cookie is known; nothing has to be kept, and it does not tell the cookie. */
    static String derivedFrom(String cookieText) {
        return Digests.sha256Hex("io.postern.csrf:" + cookieText).substring(0, SECRET_LENGTH);
    }

    String mask(String secret) {
        String mask = newSecret();
        return mask + shifted(secret, mask, 1);
    }

    static boolean hasGoodLength(String text) {
        return text.length() == SECRET_LENGTH || text.length() == 2 * SECRET_LENGTH;
    }

    static boolean hasGoodCharacters(String text) {
        return text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }

    static boolean isWellFormed(String text) {
        return hasGoodLength(text) && hasGoodCharacters(text);
    }

    /** Both sides may be masked or bare; both must be well formed. */
    static boolean match(String one, String other) {
        return ConstantTime.equals(secretOf(one), secretOf(other));
    }

    static String secretOf(String text) {
        return text.length() == SECRET_LENGTH
                ? text
                : shifted(text.substring(SECRET_LENGTH), text.substring(0, SECRET_LENGTH), -1);
    }

    private static String shifted(String text, String mask, int direction) {
        StringBuilder result = new StringBuilder(SECRET_LENGTH);
        for (int i = 0; i < SECRET_LENGTH; i++) {
            int index = ALPHABET.indexOf(text.charAt(i)) + direction * ALPHABET.indexOf(mask.charAt(i));
            result.append(ALPHABET.charAt(Math.floorMod(index, ALPHABET.length())));
        }
        return result.toString();
    }
}
