package io.postern.auth.jwt.internal;

import io.postern.auth.internal.Base64Url;
import io.postern.auth.internal.JsonException;
import io.postern.auth.internal.JsonLimits;
import io.postern.auth.internal.JsonNull;
import io.postern.auth.internal.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The strict gate before the JOSE library, which is lenient: three parts of canonical base64url, the first of them one
 * JSON object (RFC 7515, section 3.1). The payload is bytes until {@link #claims()} is called, which belongs after the
 * verification of the signature.
 *
 * <p><b>Security.</b> It holds a token and prints none of it. The arrays are not copied and must not be changed.
 *
 * @param header the members of the protected header, {@code null} as {@link JsonNull}
 * @param signingInput what is signed
 * @param signature canonical base64url, maybe empty
 * @param payload the decoded second part, maybe no JSON
 */
public record CompactJws(Map<String, Object> header, byte[] signingInput, String signature, byte[] payload) {

    private static final Set<String> KEY_OR_ENCRYPTION_HEADERS =
            Set.of("jku", "jwk", "x5u", "x5c", "zip", "enc", "p2c");

    /**
     * Reads a token; its length and its dots are counted before anything is decoded.
     *
     * @param token the text as sent
     * @param longest how many characters it may have
     * @return its parts, or empty if it has any other form
     */
    public static Optional<CompactJws> parse(String token, int longest) {
        if (token.length() > longest || dots(token) != 2) {
            return Optional.empty();
        }
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        Optional<byte[]> header = Base64Url.decode(token.substring(0, first));
        Optional<byte[]> payload = Base64Url.decode(token.substring(first + 1, last));
        String signature = token.substring(last + 1);
        if (header.isEmpty() || payload.isEmpty() || Base64Url.decode(signature).isEmpty()) {
            return Optional.empty();
        }
        byte[] input = token.substring(0, last).getBytes(StandardCharsets.US_ASCII);
        return object(header.get()).map(members -> new CompactJws(members, input, signature, payload.get()));
    }

    /**
     * Tells whether the header asks for an extension; none is understood (RFC 7515, section 4.1.11; RFC 7797).
     *
     * @return true if there is {@code crit} or {@code b64}
     */
    public boolean isExtended() {
        return header.containsKey("crit") || header.containsKey("b64");
    }

    /**
     * Tells whether the header brings a key, or what only an encrypted token has; such members are never followed.
     *
     * @return true if there is one of them
     */
    public boolean bringsKey() {
        return header.keySet().stream().anyMatch(KEY_OR_ENCRYPTION_HEADERS::contains);
    }

    /**
     * Reads the payload.
     *
     * @return its members, or empty if it is not one strict JSON object
     */
    public Optional<Map<String, Object>> claims() {
        return object(payload);
    }

    private static Optional<Map<String, Object>> object(byte[] json) {
        try {
            return Optional.of(JsonReader.readObject(json, JsonLimits.TOKEN));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static long dots(String token) {
        return token.chars().filter(c -> c == '.').count();
    }

    @Override
    public String toString() {
        return "CompactJws[***]";
    }
}
