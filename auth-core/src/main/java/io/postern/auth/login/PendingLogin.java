package io.postern.auth.login;

import io.postern.auth.AuthRequest;
import io.postern.auth.internal.JsonLimits;
import io.postern.auth.internal.JsonReader;
import io.postern.auth.internal.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A login that waits for a challenge to be completed, as stored in the payload of a one-time secret. */
record PendingLogin(LoginAttempt attempt, String step, String state) {

    String payload() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("issuer", attempt.issuer());
        members.put("factor", attempt.firstFactor());
        members.put("device", attempt.device());
        members.put("completed", attempt.completed());
        members.put("step", step);
        members.put("state", state);
        return JsonWriter.write(members);
    }

    /** Returns the pending login, whose request is now the one that completes its challenge. */
    static PendingLogin parse(String payload, AuthRequest request) {
        Map<String, Object> members = JsonReader.readObject(payload.getBytes(StandardCharsets.UTF_8), JsonLimits.BODY);
        List<?> completed = (List<?>) Objects.requireNonNull(members.get("completed"), "completed");
        LoginAttempt attempt = new LoginAttempt(
                request,
                string(members, "issuer"),
                string(members, "factor"),
                string(members, "device"),
                completed.stream().map(String.class::cast).toList());
        return new PendingLogin(attempt, string(members, "step"), string(members, "state"));
    }

    private static String string(Map<String, Object> members, String name) {
        return (String) Objects.requireNonNull(members.get(name), name);
    }

    @Override
    public String toString() {
        return "PendingLogin[" + step + "]";
    }
}
