package io.postern.auth.password;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Django's text {@code pbkdf2_sha256$<iterations>$<salt>$<base64>} says.
 *
 * @param iterations how many, within bounds
 * @param salt the salt, itself a text
 */
record Pbkdf2Hash(int iterations, String salt) {

    static final int MOST_ITERATIONS = 5_000_000;
    static final int TAG_BYTES = 32;

    private static final int LONGEST_TEXT = 256;
    private static final Pattern TEXT =
            Pattern.compile("pbkdf2_sha256\\$([1-9][0-9]{0,6})\\$([^$\\p{Cs}]{1,128})\\$[A-Za-z0-9+/]{43}=");

    static Optional<Pbkdf2Hash> parse(String stored) {
        if (stored.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        Matcher parts = TEXT.matcher(stored);
        return parts.matches()
                ? Optional.of(new Pbkdf2Hash(Integer.parseInt(parts.group(1)), parts.group(2)))
                        .filter(hash -> hash.iterations <= MOST_ITERATIONS)
                : Optional.empty();
    }

    String text(String tag) {
        return "pbkdf2_sha256$" + iterations + "$" + salt + "$" + tag;
    }
}
