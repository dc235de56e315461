package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** The readable parts of a token. */
record Jwt(JsonNode header, JsonNode claims) {

    static final String REGEX = "[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}";

    private static final Pattern PATTERN = Pattern.compile(REGEX);

    static boolean looksLike(String text) {
        return PATTERN.matcher(text).matches();
    }

    /** Opens a token without looking at its signature. */
    static Optional<Jwt> decode(String token) {
        String[] segments = token.split("\\.", -1);
        if (segments.length != 3) {
            return Optional.empty();
        }
        return decodeJson(segments[0])
                .flatMap(header -> decodeJson(segments[1]).map(claims -> new Jwt(header, claims)));
    }

    /** The bytes of a segment, or nothing if it is not base64url. */
    static Optional<byte[]> decodeSegment(String segment) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(segment));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static String encodeSegment(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Optional<JsonNode> decodeJson(String segment) {
        return decodeSegment(segment).flatMap(Json::parse);
    }
}
