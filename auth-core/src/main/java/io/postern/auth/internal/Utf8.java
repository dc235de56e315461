package io.postern.auth.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/** UTF-8 without forgiveness. All methods are safe for use by several threads. */
public final class Utf8 {

    private Utf8() {}

    /**
     * Decodes bytes, refusing overlong forms, surrogates and everything else that RFC 3629 forbids.
     *
     * @param bytes the bytes
     * @return the text, or empty if the bytes are no UTF-8
     */
    public static Optional<String> decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // The constructor is several times faster than a decoder; it marks what it could not read.
        boolean doubtful = text.indexOf('\uFFFD') >= 0;
        return doubtful && !isValid(bytes) ? Optional.empty() : Optional.of(text);
    }

    /**
     * Finds half of a surrogate pair that stands alone.
     *
     * @param text the text
     * @return the first such half, for instance {@code 0xD800}; empty if the text is well-formed
     */
    public static OptionalInt loneSurrogate(String text) {
        return text.codePoints()
                .filter(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                .findFirst();
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
