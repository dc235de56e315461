package io.postern.auth.jwt;

import io.postern.auth.internal.Digests;
import io.postern.auth.internal.RandomText;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The ids of tokens: 32 hex digits as in simplejwt, of which the first 16 are the family's id, then 10 are random and the
 * last 6 are a checksum of the others.
 *
 * <p>The checksum distinguishes our ids from those of other issuers, whose first digits mean nothing: times in a UUID of
 * version 7, for instance, or zeros before a number. Two of theirs could share a family only if both had the checksum, each
 * by a chance of one in 16 million.
 */
final class TokenIds {

    private static final int FAMILY_LENGTH = 16;
    private static final int CHECKED_LENGTH = 26;
    private static final int LENGTH = 32;

    private final RandomText random = new RandomText();

    String newFamily() {
        return random.hex(FAMILY_LENGTH / 2);
    }

    String newToken(String familyId) {
        String checked = familyId + random.hex((CHECKED_LENGTH - FAMILY_LENGTH) / 2);
        return checked + checksum(checked);
    }

    /** Returns the family of a token: the prefix of an id of ours, and of a digest for others, so that each has its own. */
    static String familyOf(String id) {
        String digits = isOurs(id) ? id : Digests.sha256Hex(id);
        return digits.substring(0, FAMILY_LENGTH);
    }

    private static boolean isOurs(String id) {
        return id.length() == LENGTH
                && id.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))
                && id.endsWith(checksum(id.substring(0, CHECKED_LENGTH)));
    }

    private static String checksum(String digits) {
        CRC32C crc = new CRC32C();
        crc.update(digits.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().toHexDigits(crc.getValue(), LENGTH - CHECKED_LENGTH);
    }
}
