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
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c == 0x7F) {
                return false;
            }
        }
        return true;
    }
}
