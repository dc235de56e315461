package io.postern.auth.testkit;

import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two tables like those of simplejwt's {@code token_blacklist}: outstanding tokens by {@code jti}, and which of them are
 * blacklisted. They have no column for a family, a device, a security stamp, a use or a successor.
 */
final class SingleTokenStore implements RefreshTokenStore {

    private record OutstandingToken(String userId, Instant createdAt, Instant expiresAt) {}

    private final Map<String, OutstandingToken> outstanding = new HashMap<>();
    private final Set<String> blacklisted = new HashSet<>();

    @Override
    public synchronized void start(TokenFamily family, TokenRecord first) {
        if (outstanding.containsKey(first.id())) {
            throw new IllegalStateException("a token with this jti exists already");
        }
        add(family.userId(), first);
    }

    @Override
    public synchronized Rotation.Result rotate(Rotation rotation) {
        TokenRecord presented = rotation.presented();
        if (blacklisted.contains(presented.id())) {
            return new Rotation.Result.Revoked();
        }
        if (!rotation.acceptUnknown() && !outstanding.containsKey(presented.id())) {
            return new Rotation.Result.Unknown();
        }
        if (rotation.mode() == RotationMode.ROTATE) {
            blacklist(rotation.family().userId(), presented);
        }
        add(rotation.family().userId(), rotation.successor());
        return new Rotation.Result.Rotated(rotation.successor());
    }

    @Override
    public synchronized TokenState stateOf(String familyId, String tokenId) {
        if (blacklisted.contains(tokenId)) {
            return TokenState.REVOKED;
        }
        return outstanding.containsKey(tokenId) ? TokenState.LIVE : TokenState.UNKNOWN;
    }

    @Override
    public synchronized boolean revoke(TokenFamily family, TokenRecord token) {
        return blacklist(family.userId(), token);
    }

    @Override
    public synchronized int deleteExpired(Instant before, int limit) {
        List<String> expired = outstanding.entrySet().stream()
                .filter(entry -> entry.getValue().expiresAt().isBefore(before))
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
        expired.forEach(blacklisted::remove);
        expired.forEach(outstanding::remove);
        return expired.size();
    }

    private boolean blacklist(String userId, TokenRecord token) {
        add(userId, token);
        return blacklisted.add(token.id());
    }

    private void add(String userId, TokenRecord token) {
        outstanding.putIfAbsent(token.id(), new OutstandingToken(userId, token.issued(), token.expires()));
    }
}
