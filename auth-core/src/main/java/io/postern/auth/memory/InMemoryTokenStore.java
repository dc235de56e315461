package io.postern.auth.memory;

import io.postern.auth.StoreException;
import io.postern.auth.internal.Sha256;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.Paging;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stores tokens.
 *
 * <p>When it is full, expired tokens are deleted; if there are none, adding fails with a {@link StoreException}. Looking a
 * token up takes no lock.
 */
public final class InMemoryTokenStore implements TokenStore {

    private static final int DEFAULT_MAX_TOKENS = 100_000;

    private final int maxTokens;
    private final Map<Sha256, StoredToken> byDigest = new ConcurrentHashMap<>();

    /** The digests of each user's tokens by id; guarded by the lock. */
    private final Map<String, Map<String, Sha256>> digestsOfUser = new HashMap<>();

    private final ReentrantLock lock = new ReentrantLock();

    /** Creates an empty store of at most 100,000 tokens. */
    public InMemoryTokenStore() {
        this(DEFAULT_MAX_TOKENS);
    }

    /**
     * Creates an empty store.
     *
     * @throws IllegalArgumentException if {@code maxTokens} is less than 1
     */
    public InMemoryTokenStore(int maxTokens) {
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens is " + maxTokens + "; choose at least 1");
        }
        this.maxTokens = maxTokens;
    }

    @Override
    public Optional<StoredToken> find(TokenValue value) {
        return Optional.ofNullable(byDigest.get(Sha256.of(value.reveal())));
    }

    @Override
    public boolean add(TokenValue value, StoredToken token) {
        Sha256 digest = Sha256.of(value.reveal());
        lock.lock();
        try {
            if (byDigest.containsKey(digest) || digests(token.userId()).containsKey(token.id())) {
                return false;
            }
            if (byDigest.size() >= maxTokens && deleteExpired(token.created(), maxTokens) == 0) {
                throw new StoreException(
                        "the store in memory is full: it holds " + maxTokens + " tokens: use a database");
            }
            byDigest.put(digest, token);
            digestsOfUser
                    .computeIfAbsent(token.userId(), user -> new HashMap<>())
                    .put(token.id(), digest);
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<StoredToken> list(String userId, Paging paging) {
        lock.lock();
        try {
            return paging.of(
                    digests(userId).values().stream().map(byDigest::get), StoredToken::created, StoredToken::id);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<StoredToken> remove(String userId, String id) {
        lock.lock();
        try {
            Map<String, Sha256> digests = digests(userId);
            if (!digests.containsKey(id)) {
                return Optional.empty();
            }
            Sha256 digest = digests.remove(id);
            if (digests.isEmpty()) {
                digestsOfUser.remove(userId);
            }
            return Optional.ofNullable(byDigest.remove(digest));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int removeAll(String userId) {
        lock.lock();
        try {
            Map<String, Sha256> digests = digests(userId);
            digests.values().forEach(byDigest::remove);
            digestsOfUser.remove(userId);
            return digests.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void touch(TokenValue value, Instant when) {
        byDigest.computeIfPresent(Sha256.of(value.reveal()), (digest, token) -> token.withLastUsed(when));
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        lock.lock();
        try {
            List<StoredToken> expired = byDigest.values().stream()
                    .filter(token -> token.isExpired(now))
                    .limit(limit)
                    .toList();
            expired.forEach(token -> remove(token.userId(), token.id()));
            return expired.size();
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Sha256> digests(String userId) {
        return digestsOfUser.getOrDefault(userId, Map.of());
    }
}
