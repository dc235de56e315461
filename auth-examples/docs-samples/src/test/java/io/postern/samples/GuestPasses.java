package io.postern.samples;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
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

/** Issues passes that are valid for an hour and authenticates by them; holds their digests in memory. */
record GuestPasses(Map<String, Instant> expiryByDigest, Clock clock) implements Authenticator {

    GuestPasses(Clock clock) {
        this(new ConcurrentHashMap<>(), clock);
    }

    String issue() {
        String pass = UUID.randomUUID().toString();
        expiryByDigest.put(TokenValue.of(pass).digest(), clock.instant().plus(Duration.ofHours(1)));
        return pass;
    }

    @Override
    public AuthResult authenticate(AuthRequest request) {
        List<String> passes = request.headers("X-Guest-Pass");
        if (passes.isEmpty()) {
            return AuthResult.notAttempted();
        }
        if (passes.size() > 1 || !isValid(TokenValue.of(passes.get(0)).digest())) {
            return AuthResult.rejected(Denial.authenticationFailed("Invalid pass.", "pass_unknown"));
        }
        return AuthResult.authenticated(UserRecord.of("0", "guest"));
    }

    @Override
    public List<String> credentialHeaders() {
        return List.of("X-Guest-Pass");
    }

    int deleteExpired(int limit) {
        List<String> expired = expiryByDigest.keySet().stream()
                .filter(digest -> !isValid(digest))
                .limit(limit)
                .toList();
        expired.forEach(expiryByDigest::remove);
        return expired.size();
    }

    private boolean isValid(String digest) {
        return clock.instant().isBefore(expiryByDigest.getOrDefault(digest, Instant.MIN));
    }
}
