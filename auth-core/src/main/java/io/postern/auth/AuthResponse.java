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
 * An answer, which an adapter writes as it is.
 *
 * <p><b>Security.</b> It may hold a token, so it does not print its body or its headers.
 *
 * @param status the HTTP status
 * @param headers names and values, in order; a name may have several values
 * @param body the body's bytes; empty if there is none; not copied
 */
public record AuthResponse(int status, Map<String, List<String>> headers, byte[] body) {

    private static final Map<String, List<String>> ALWAYS = new AuthResponse(200, Map.of(), new byte[0])
            .with("Cache-Control", "no-store")
            .with("X-Content-Type-Options", "nosniff")
            .headers();

    /**
     * Copies the headers.
     *
     * @param status the HTTP status
     * @param headers names and values, in order
     * @param body the body's bytes
     */
    public AuthResponse {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
    }

    /**
     * Returns an answer in JSON that no cache keeps.
     *
     * @param status the HTTP status
     * @param value map, list, text, number, boolean or null
     * @return the answer
     */
    public static AuthResponse json(int status, @Nullable Object value) {
        byte[] body = JsonWriter.write(value).getBytes(StandardCharsets.UTF_8);
        return new AuthResponse(status, ALWAYS, body).with("Content-Type", "application/json");
    }

    /**
     * Returns an answer without a body.
     *
     * @param status the HTTP status
     * @return the answer
     */
    public static AuthResponse empty(int status) {
        return new AuthResponse(status, ALWAYS, new byte[0]);
    }

    /**
     * Returns this answer with one more header.
     *
     * @param name the header's name; if it is there already, this is a further value
     * @param value its value
     * @return a new answer
     */
    public AuthResponse with(String name, String value) {
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
