package io.postern.auth.jwt;

import com.nimbusds.jose.util.Base64URL;
import io.postern.auth.internal.Base64Url;
import io.postern.auth.internal.JsonException;
import io.postern.auth.internal.JsonLimits;
import io.postern.auth.internal.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The strict gate before the JOSE library, which is lenient: three parts of canonical base64url, the first of them one
 * JSON object. The payload is not looked at before the signature has been verified.
 */
record JwtText(Map<String, Object> header, byte[] signingInput, Base64URL signature, byte[] payload) {

    static Optional<JwtText> parse(String token, int longest) {
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
        return object(header.get()).map(h -> new JwtText(h, input, new Base64URL(signature), payload.get()));
    }

    Optional<Map<String, Object>> claims() {
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
        return "***";
    }
}
