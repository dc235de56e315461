package io.postern.conformance;

import io.postern.InMemoryStores;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.session.SessionStore;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.token.TokenStore;
import io.postern.auth.user.InMemoryUserStore;
import java.util.List;
import java.util.Optional;

/**
 * Where the server under test keeps things.
 *
 * @param accounts the users
 * @param tokens opaque tokens
 * @param families logins by JWT
 * @param revocations access tokens that ended early
 * @param sessions sessions; empty for the container's
 * @param counters what throttles count
 * @param behind is stopped, in order, when the server is
 */
record Storage(
        Accounts accounts,
        TokenStore tokens,
        TokenFamilyStore families,
        RevocationStore revocations,
        Optional<SessionStore> sessions,
        CounterStore counters,
        List<AutoCloseable> behind)
        implements AutoCloseable {

    /** Opens stores of a kind, on a server that is there, or on one of their own if the URL is empty. */
    static Storage open(String kind, String url) throws Exception {
        return switch (kind) {
            case "memory" -> inMemory();
            case "jdbc" -> JdbcStorage.open(url);
            case "redis" -> RedisStorage.open(url);
            default -> throw new IllegalArgumentException("stores are memory, jdbc or redis, not " + kind);
        };
    }

    static Storage inMemory() {
        InMemoryStores stores = new InMemoryStores();
        return new Storage(
                Accounts.in(new InMemoryUserStore()),
                new InMemoryStores().tokens(),
                stores.refreshTokens(),
                stores.revocations(),
                Optional.empty(),
                stores.counters(),
                List.of());
    }

    @Override
    public void close() {
        try {
            for (AutoCloseable part : behind) {
                part.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("the stores did not close", e);
        }
    }
}
