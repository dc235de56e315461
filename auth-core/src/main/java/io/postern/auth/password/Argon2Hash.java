package io.postern.auth.password;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parsed PHC string {@code $argon2id$v=19$m=…,t=…,p=…$salt$tag}; Django writes the word {@code argon2} in front of it.
 *
 * @param cost the parameters, within bounds
 * @param salt the salt in base64 without padding
 * @param tag the tag in base64 without padding
 */
record Argon2Hash(Argon2Cost cost, String salt, String tag) {

    private static final int MAX_LENGTH = 256;
    private static final String DJANGO = "argon2$";

    /** Six digits are enough for every bound; salts are 8 to 64 bytes, tags 16 to 64. */
    private static final Pattern FORMAT =
            Pattern.compile("\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,5}),t=([1-9][0-9]?),p=([1-9])"
                    + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    static Optional<Argon2Hash> parse(String stored) {
        if (stored.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher parts = FORMAT.matcher(stored.startsWith(DJANGO) ? stored.substring(DJANGO.length() - 1) : stored);
        return parts.matches() && isBase64(parts.group(4)) && isBase64(parts.group(5))
                ? parse(parts)
                : Optional.empty();
    }

    /** Returns the PHC string. */
    String format() {
        return "$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.iterations() + ",p=" + cost.parallelism() + "$"
                + salt + "$" + tag;
    }

    static String format(Argon2Cost cost, byte[] salt, byte[] tag) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return new Argon2Hash(cost, base64.encodeToString(salt), base64.encodeToString(tag)).format();
    }

    byte[] saltBytes() {
        return Base64.getDecoder().decode(salt);
    }

    int saltLength() {
        return salt.length() * 3 / 4;
    }

    int tagLength() {
        return tag.length() * 3 / 4;
    }

    private static Optional<Argon2Hash> parse(Matcher parts) {
        int memory = Integer.parseInt(parts.group(1));
        int iterations = Integer.parseInt(parts.group(2));
        int lanes = Integer.parseInt(parts.group(3));
        return Argon2Cost.isWithinBounds(memory, iterations, lanes)
                ? Optional.of(new Argon2Hash(new Argon2Cost(memory, iterations, lanes), parts.group(4), parts.group(5)))
                : Optional.empty();
    }

    private static boolean isBase64(String value) {
        return value.length() % 4 != 1;
    }
}
