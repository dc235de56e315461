package io.postern.auth.token;

import java.util.HexFormat;

/** 40 hex digits, as DRF creates them. */
final class DrfFormat implements TokenValue.Format {

    private static final int BYTES = 20;
    private static final int MAX_LENGTH = 255;

    @Override
    public TokenValue create(byte[] bits) {
        return TokenValue.of(HexFormat.of().formatHex(bits, 0, BYTES));
    }

    @Override
    public boolean isPlausible(String value) {
        return !value.isEmpty() && value.length() <= MAX_LENGTH && value.chars().allMatch(c -> c > ' ' && c != 0x7F);
    }
}
