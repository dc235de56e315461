package io.postern.auth.endpoint;

import io.postern.auth.AuthResponse;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.internal.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The format of refusals: creates their responses, with status, challenges, {@code Retry-After} and body. */
public enum ErrorFormat {

    /** {@code {"detail": …}}, or field names with lists of messages, as in DRF. */
    DRF,

    /** Problem details of RFC 9457 with {@code type}, {@code title}, {@code status}, {@code detail} and {@code code}. */
    PROBLEM_DETAILS;

    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad Request",
            401, "Unauthorized",
            403, "Forbidden",
            404, "Not Found",
            405, "Method Not Allowed",
            413, "Content Too Large",
            415, "Unsupported Media Type",
            429, "Too Many Requests",
            500, "Internal Server Error",
            503, "Service Unavailable");

    /** Returns the response for a denial. */
    public AuthResponse response(Denial denial) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("detail", denial.detail());
        if (this == PROBLEM_DETAILS) {
            body.put("code", denial.code());
        }
        body.putAll(denial.members());
        AuthResponse response = response(denial.status(), body);
        for (Challenge challenge : denial.challenges()) {
            response = response.withHeader("WWW-Authenticate", challenge.header());
        }
        long seconds = denial.retryAfter()
                .map(wait -> wait.plusNanos(999_999_999).toSeconds())
                .orElse(0L);
        return seconds > 0 ? response.withHeader("Retry-After", Long.toString(seconds)) : response;
    }

    /**
     * Returns the response for errors in the fields of a body, with status 400.
     *
     * @param errors messages by the field's name
     */
    public AuthResponse fieldErrors(Map<String, List<String>> errors) {
        return response(400, this == DRF ? errors : Map.of("detail", "Invalid input.", "errors", errors));
    }

    private AuthResponse response(int status, Map<String, ?> members) {
        if (this == DRF) {
            return AuthResponse.json(status, members);
        }
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", TITLES.getOrDefault(status, "Error"));
        problem.put("status", status);
        problem.putAll(members);
        byte[] body = JsonWriter.write(problem).getBytes(StandardCharsets.UTF_8);
        return new AuthResponse(status, AuthResponse.empty(status).headers(), body)
                .withHeader("Content-Type", "application/problem+json");
    }
}
