package io.postern.auth.jwt.internal;

import io.postern.auth.internal.Base64Url;
import io.postern.auth.internal.JsonException;
import io.postern.auth.internal.JsonLimits;
import io.postern.auth.internal.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Parses tokens, and remembers the headers of those that were verified: all tokens of one issuer and key have the same
 * first segment, byte for byte. A token that is not verified leaves no trace, so clients cannot fill the memory.
 *
 * <p>Safe for use by several threads.
 */
public final class JwsHeaders {

    private static final int MAX_KNOWN = 16;
    private static final int MAX_LENGTH = 1_024;

    private volatile Known[] known = {};

    /** A segment with the dot after it. */
    private record Known(String segment, JwsHeader header) {}

    /** Creates a memory that is empty. */
    public JwsHeaders() {}

    /**
     * Parses a token; its length and its dots are checked before anything is decoded.
     *
     * @param maxLength in characters
     * @return its parts, or null if it does not have the form of {@link CompactJws}
     */
    public @Nullable CompactJws parse(String token, int maxLength) {
        int first = token.length() > maxLength ? -1 : token.indexOf('.');
        int last = first < 0 ? -1 : token.indexOf('.', first + 1);
        if (last < 0 || token.indexOf('.', last + 1) >= 0) {
            return null;
        }
        // Other characters become question marks, which are not base64url.
        byte[] text = token.getBytes(StandardCharsets.ISO_8859_1);
        if (!Base64Url.isCanonical(text, first + 1, last) || !Base64Url.isCanonical(text, last + 1, text.length)) {
            return null;
        }
        JwsHeader remembered = remembered(token);
        JwsHeader header = remembered == null ? header(text, first) : remembered;
        return header == null ? null : new CompactJws(header, text, first + 1, last);
    }

    /** Remembers the header of a token as it was parsed, after its signature has been verified. */
    public void remember(CompactJws verified) {
        Known[] before = known;
        for (Known one : before) {
            if (one.header() == verified.header()) {
                return;
            }
        }
        int length = verified.payloadStart();
        if (length <= MAX_LENGTH) {
            String segment = new String(verified.text(), 0, length, StandardCharsets.ISO_8859_1);
            Known[] after = Arrays.copyOf(before, Math.min(before.length + 1, MAX_KNOWN));
            System.arraycopy(before, 0, after, 1, after.length - 1);
            after[0] = new Known(segment, verified.header());
            // Of two threads at once one may be lost: the next token brings it again.
            known = after;
        }
    }

    private @Nullable JwsHeader remembered(String token) {
        for (Known one : known) {
            if (token.startsWith(one.segment())) {
                return one.header();
            }
        }
        return null;
    }

    private static @Nullable JwsHeader header(byte[] text, int end) {
        if (!Base64Url.isCanonical(text, 0, end)) {
            return null;
        }
        try {
            return new JwsHeader(JsonReader.readObject(Base64Url.decodeCanonical(text, 0, end), JsonLimits.TOKEN));
        } catch (JsonException e) {
            return null;
        }
    }
}
