package io.postern.auth.token;

import io.postern.auth.internal.RandomText;

final class DrfFormat implements TokenFormat {

    private static final int LONGEST = 255;

    private final RandomText random = new RandomText();

    @Override
    public TokenValue create() {
        return TokenValue.of(random.hex(20));
    }

    @Override
    public boolean isPlausible(String text) {
        return !text.isEmpty() && text.length() <= LONGEST && text.chars().allMatch(c -> c > ' ' && c != 0x7F);
    }
}
