package io.postern.auth;

import io.postern.auth.internal.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response, which an adapter writes unchanged.
 *
 * <p><b>Security.</b> It may contain a token, so {@code toString()} omits headers and body.
 *
 * @param status the HTTP status
 * @param headers names and values, in order; a name may have several values
 * @param body the body's bytes; empty if there is none; not copied, and not to be changed: responses may share it
 */
public record AuthResponse(int status, Map<String, List<String>> headers, byte[] body) {

    private static final Map<String, List<String>> ALWAYS = new AuthResponse(200, Map.of(), new byte[0])
            .withHeader("Cache-Control", "no-store")
            .withHeader("X-Content-Type-Options", "nosniff")
            .headers();

    /** Copies the headers. */
    public AuthResponse {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
    }

    /**
     * Creates a JSON response that caches do not store.
     *
     * @param value a map, list, string, number, boolean or null
     */
    public static AuthResponse json(int status, @Nullable Object value) {
        byte[] body = JsonWriter.write(value).getBytes(StandardCharsets.UTF_8);
        return new AuthResponse(status, ALWAYS, body).withHeader("Content-Type", "application/json");
    }

    /** Creates a response without a body that caches do not store. */
    public static AuthResponse empty(int status) {
        return new AuthResponse(status, ALWAYS, new byte[0]);
    }

    /** Returns this response with one more header, or one more value of a header that is present. */
    public AuthResponse withHeader(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        List<String> values = new ArrayList<>(more.getOrDefault(name, List.of()));
        values.add(value);
        more.put(name, values);
        return new AuthResponse(status, more, body);
    }

    @Override
    public String toString() {
        return "AuthResponse[" + status + "]";
    }
}
