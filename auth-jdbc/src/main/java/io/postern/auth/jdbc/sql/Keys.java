package io.postern.auth.jdbc.sql;

import io.postern.auth.internal.Digests;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Strings as values of key columns: {@code VARCHAR(255)} for ids, 32 bytes for digests.
 *
 * <p>Ids come from clients and can have any length. Check them by {@link #fits} and treat one that does not fit as
 * unknown, or store {@link #shorten} where every id has to be stored.
 */
public final class Keys {

    /** The maximum length of an id in characters, after escaping. */
    public static final int MAX_LENGTH = 255;

    private static final String DIGESTED = Escapes.ESCAPE + "#";
    private static final int DIGEST_LENGTH = 64;

    private Keys() {}

    /** Returns whether a {@code VARCHAR(255)} column can store an id. */
    public static boolean fits(String id) {
        return Escapes.escape(id).length() <= MAX_LENGTH;
    }

    /** Returns an id unchanged if it fits, else a digest that stands for it and for no other id. */
    public static String shorten(String id) {
        boolean plain = fits(id) && !id.startsWith(DIGESTED);
        return plain ? id : DIGESTED + Digests.sha256Hex(Escapes.escape(id));
    }

    /** Returns the bytes of a SHA-256 digest in lower-case hex, or empty if the string is not one. */
    public static Optional<byte[]> ofDigest(String hex) {
        boolean valid = hex.length() == DIGEST_LENGTH && hex.chars().allMatch(Keys::isLowerHex);
        return valid ? Optional.of(HexFormat.of().parseHex(hex)) : Optional.empty();
    }

    private static boolean isLowerHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
}
