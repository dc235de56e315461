package io.postern.samples;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Denial;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.UserRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Passes that are good for an hour; keeps their digests and ends, in memory. */
record GuestPasses(Map<String, Instant> ends, Clock clock) {

    GuestPasses(Clock clock) {
        this(new ConcurrentHashMap<>(), clock);
    }

    String issue() {
        String pass = UUID.randomUUID().toString();
        ends.put(TokenValue.of(pass).digest(), clock.instant().plus(Duration.ofHours(1)));
        return pass;
    }

    AuthResult authenticate(AuthRequest request) {
        return request.header("X-Guest-Pass").map(this::lookUp).orElseGet(AuthResult::notAttempted);
    }

    int deleteExpired(int limit) {
        List<String> expired = ends.keySet().stream()
                .filter(digest -> !isGood(digest))
                .limit(limit)
                .toList();
        expired.forEach(ends::remove);
        return expired.size();
    }

    private AuthResult lookUp(String pass) {
        return isGood(TokenValue.of(pass).digest())
                ? AuthResult.authenticated(UserRecord.of("0", "guest"))
                : AuthResult.rejected(Denial.authenticationFailed("Invalid pass.", "pass_unknown"));
    }

    private boolean isGood(String digest) {
        return clock.instant().isBefore(ends.getOrDefault(digest, Instant.MIN));
    }
}
