package io.postern.auth.testkit;

import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** Tokens for the contract, of which no two are alike. */
final class ContractTokens {

    private ContractTokens() {}

    /** Near the real time, for stores that let rows expire by their own clock. */
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    static String unique() {
        return "contract-" + UUID.randomUUID();
    }

    static String digest() {
        return (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    }

    static StoredToken of(String userId, Instant created) {
        return token(userId, created, Optional.empty(), Optional.empty());
    }

    static StoredToken ending(String userId, Instant created, Instant end) {
        return token(userId, created, Optional.of(end), Optional.empty());
    }

    static StoredToken repeatable(String userId, Instant created, Instant end) {
        return token(userId, created, Optional.of(end), Optional.of("encrypted-" + UUID.randomUUID()));
    }

    static StoredToken like(StoredToken token, String id, String digest) {
        return new StoredToken(
                id,
                digest,
                token.userId(),
                token.name(),
                token.created(),
                token.expires(),
                token.lastUsed(),
                token.encrypted());
    }

    static boolean adds(TokenStore store, StoredToken token) {
        try {
            store.add(token);
            return true;
        } catch (IllegalStateException taken) {
            return false;
        }
    }

    private static StoredToken token(
            String userId, Instant created, Optional<Instant> end, Optional<String> encrypted) {
        return new StoredToken(
                UUID.randomUUID().toString().replace("-", ""),
                digest(),
                userId,
                "",
                created,
                end,
                Optional.empty(),
                encrypted);
    }
}
