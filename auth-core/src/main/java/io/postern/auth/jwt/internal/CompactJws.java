package io.postern.auth.jwt.internal;

import io.postern.auth.internal.Ascii;
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
 * A token in the compact serialization, read strictly before the lenient JOSE library sees it: three parts of canonical
 * base64url, the first of them one JSON object (RFC 7515, section 3.1). The payload stays undecoded JSON until {@link
 * #claims()} is called, which belongs after the verification of the signature.
 *
 * <p><b>Security.</b> Prints nothing of the token. The arrays are not copied and must not be changed.
 *
 * @param header the members of the protected header, {@code null} as {@link JsonNull}
 * @param signingInput the bytes that are signed
 * @param signature canonical base64url, possibly empty
 * @param payload the decoded second part, not necessarily JSON
 */
public record CompactJws(Map<String, Object> header, byte[] signingInput, String signature, byte[] payload) {

    private static final Set<String> KEY_OR_ENCRYPTION_HEADERS =
            Set.of("jku", "jwk", "x5u", "x5c", "zip", "enc", "p2c");

    /**
     * Parses a token; its length and its dots are checked before anything is decoded.
     *
     * @param maxLength in characters
     * @return its parts, or empty if it has any other form
     */
    public static Optional<CompactJws> parse(String token, int maxLength) {
        if (token.length() > maxLength || dots(token) != 2) {
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
     * Returns whether the header demands an extension, by {@code crit} or {@code b64}; none is supported (RFC 7515,
     * section 4.1.11; RFC 7797).
     */
    public boolean isExtended() {
        return header.containsKey("crit") || header.containsKey("b64");
    }

    /** Returns whether the header brings a key, or a member that only encrypted tokens have; none is ever followed. */
    public boolean bringsKey() {
        return header.keySet().stream().anyMatch(KEY_OR_ENCRYPTION_HEADERS::contains);
    }

    /**
     * Returns whether the header's {@code typ} is one of these.
     *
     * @param allowed as {@link #shortType} returns them
     */
    public boolean hasType(Set<String> allowed) {
        return header.get("typ") instanceof String type && allowed.contains(shortType(type));
    }

    /** Returns a {@code typ} in lower case, without {@code application/} (RFC 7515, section 4.1.9). */
    public static String shortType(String type) {
        String lower = Ascii.lower(type);
        String prefix = "application/";
        boolean prefixed = lower.startsWith(prefix) && lower.indexOf('/', prefix.length()) < 0;
        return prefixed ? lower.substring(prefix.length()) : lower;
    }

    /** Parses the payload; returns empty if it is not one strict JSON object. */
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
