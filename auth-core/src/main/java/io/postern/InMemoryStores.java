package io.postern;

import io.postern.auth.memory.InMemoryCounterStore;
import io.postern.auth.memory.InMemoryOneTimeStore;
import io.postern.auth.memory.InMemoryRefreshTokenStore;
import io.postern.auth.memory.InMemoryRevocationStore;
import io.postern.auth.memory.InMemorySessionStore;
import io.postern.auth.memory.InMemoryTokenStore;
import io.postern.auth.onetime.OneTimeStore;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.session.SessionStore;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.token.TokenStore;
import io.postern.auth.user.InMemoryUserStore;
import java.util.Optional;

/**
 * All stores in the memory of this process, for a first try, for tests, and for a single server whose logins may end with
 * a restart.
 *
 * <pre>{@code
 * InMemoryStores stores = new InMemoryStores();
 * stores.users().add(UserRecord.of("1", "ann"), hasher.hash(Password.of("correct horse battery")));
 * Postern postern = Postern.builder().stores(stores)…
 * }</pre>
 *
 * Safe for use by several threads.
 */
public final class InMemoryStores implements Stores {

    private final InMemoryUserStore users = new InMemoryUserStore();
    private final TokenStore tokens = new InMemoryTokenStore();
    private final SessionStore sessions = new InMemorySessionStore();
    private final TokenFamilyStore refreshTokens = new InMemoryRefreshTokenStore();
    private final RevocationStore revocations = new InMemoryRevocationStore();
    private final CounterStore counters = new InMemoryCounterStore();
    private final OneTimeStore oneTimeSecrets = new InMemoryOneTimeStore();
    private final Stores all = Stores.of(users, tokens, sessions, refreshTokens, revocations, counters, oneTimeSecrets);

    /** Creates empty stores. */
    public InMemoryStores() {}

    /** Returns the users, to add some. */
    public InMemoryUserStore users() {
        return users;
    }

    /** Returns the store of opaque tokens. */
    public TokenStore tokens() {
        return tokens;
    }

    /** Returns the session store. */
    public SessionStore sessions() {
        return sessions;
    }

    /**
     * Returns the refresh token families: up to 1,000,000 tokens. After a restart, used and revoked tokens are as unknown as
     * valid ones: with {@code RefreshSettings.withUnknownRejected()} all are rejected, without it all are accepted.
     */
    public TokenFamilyStore refreshTokens() {
        return refreshTokens;
    }

    /** Returns the revocations of access tokens; after a restart, revoked tokens are valid again. */
    public RevocationStore revocations() {
        return revocations;
    }

    /** Returns the counters of throttles, of at most 100,000 callers. */
    public CounterStore counters() {
        return counters;
    }

    /**
     * Creates counters of throttles for another number of callers.
     *
     * @param maxCallers the maximum number of callers on record
     * @throws IllegalArgumentException if it is less than 1
     */
    public static CounterStore counters(int maxCallers) {
        return new InMemoryCounterStore(maxCallers);
    }

    /** Returns the store of one-time secrets. */
    public OneTimeStore oneTimeSecrets() {
        return oneTimeSecrets;
    }

    @Override
    public <S> Optional<S> find(Class<S> type) {
        return all.find(type);
    }
}
