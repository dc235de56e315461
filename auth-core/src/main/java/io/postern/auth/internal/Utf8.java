package io.postern.auth.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/** UTF-8 decoded strictly. Thread-safe. */
public final class Utf8 {

    private Utf8() {}

    /**
     * Decodes bytes, refusing overlong forms, surrogates and everything else that RFC 3629 forbids.
     *
     * @return the string, or empty if the bytes are not valid UTF-8
     */
    public static Optional<String> decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // The constructor is several times faster than a decoder; it marks what it could not read.
        boolean doubtful = text.indexOf('\uFFFD') >= 0;
        return doubtful && !isValid(bytes) ? Optional.empty() : Optional.of(text);
    }

    /**
     * Finds a lone surrogate.
     *
     * @return the first one, for instance {@code 0xD800}; empty if the string is well-formed
     */
    public static OptionalInt loneSurrogate(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean paired = Character.isHighSurrogate(c)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1));
            if (Character.isSurrogate(c) && !paired) {
                return OptionalInt.of(c);
            }
            at += paired ? 2 : 1;
        }
        return OptionalInt.empty();
    }

    private static boolean isValid(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
