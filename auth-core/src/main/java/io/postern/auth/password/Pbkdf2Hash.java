package io.postern.auth.password;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parsed hash in Django's form {@code pbkdf2_sha256$<iterations>$<salt>$<base64>}.
 *
 * @param iterations the number of iterations, within bounds
 * @param salt the salt, a string
 */
record Pbkdf2Hash(int iterations, String salt) {

    static final int MAX_ITERATIONS = 5_000_000;
    static final int TAG_BYTES = 32;

    private static final int MAX_LENGTH = 256;
    private static final Pattern FORMAT =
            Pattern.compile("pbkdf2_sha256\\$([1-9][0-9]{0,6})\\$([^$\\p{Cs}]{1,128})\\$[A-Za-z0-9+/]{43}=");

    static Optional<Pbkdf2Hash> parse(String stored) {
        if (stored.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher parts = FORMAT.matcher(stored);
        return parts.matches()
                ? Optional.of(new Pbkdf2Hash(Integer.parseInt(parts.group(1)), parts.group(2)))
                        .filter(hash -> hash.iterations <= MAX_ITERATIONS)
                : Optional.empty();
    }

    String format(String tag) {
        return "pbkdf2_sha256$" + iterations + "$" + salt + "$" + tag;
    }
}
