package io.postern.auth.token;

import io.postern.auth.internal.Base64Url;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** Prefix, 32 bytes in base64url, and the CRC-32 of both in base 62, as secret scanners expect it. */
final class CheckedFormat implements TokenValue.Format {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;

    private final String start;

    CheckedFormat(String prefix) {
        if (!Pattern.matches("[a-z0-9]{1,20}", prefix)) {
            throw new IllegalArgumentException(
                    "a token prefix is 1 to 20 lower-case letters and digits, not \"" + prefix + "\"");
        }
        this.start = prefix + "_";
    }

    @Override
    public TokenValue create(byte[] bits) {
        String body = start + Base64Url.encode(bits);
        return TokenValue.of(body + checksum(body));
    }

    @Override
    public boolean isPlausible(String value) {
        return value.length() == start.length() + RANDOM_LENGTH + CHECKSUM_LENGTH
                && value.startsWith(start)
                && endsWithChecksum(value);
    }

    /** Each request with a token comes here, so the digits are compared without making the string. */
    private static boolean endsWithChecksum(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        long rest = crc(bytes, bytes.length - CHECKSUM_LENGTH);
        for (int i = value.length() - 1; i >= value.length() - CHECKSUM_LENGTH; i--) {
            if (value.charAt(i) != DIGITS.charAt((int) (rest % DIGITS.length()))) {
                return false;
            }
            rest /= DIGITS.length();
        }
        return true;
    }

    private static long crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }

    private static String checksum(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        long rest = crc(bytes, bytes.length);
        char[] text = new char[CHECKSUM_LENGTH];
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            text[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(text);
    }
}
