package io.postern.auth.token;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps tokens in memory; they are gone when the process ends.
 *
 * <p>Reading takes no lock. Safe for use by several threads.
 */
public final class InMemoryTokenStore implements TokenStore {

    private final ConcurrentHashMap<String, StoredToken> byDigest = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> digestsOfUser = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final ReentrantLock changing = new ReentrantLock();

    /** Creates an empty store. */
    public InMemoryTokenStore() {}

    @Override
    public Optional<StoredToken> find(String digest) {
        return Optional.ofNullable(byDigest.get(digest));
    }

    @Override
    public void add(StoredToken token) {
        changing.lock();
        try {
            if (ids.contains(token.id()) || byDigest.putIfAbsent(token.digest(), token) != null) {
                throw new IllegalStateException("a token of this digest or id is there already");
            }
            ids.add(token.id());
            digestsOfUser
                    .computeIfAbsent(token.userId(), id -> new LinkedHashMap<>())
                    .put(token.id(), token.digest());
        } finally {
            changing.unlock();
        }
    }

    @Override
    public StoredToken addUnlessRepeatable(StoredToken token, Instant now) {
        changing.lock();
        try {
            Optional<StoredToken> there = ofUser(token.userId()).stream()
                    .filter(owned -> owned.encrypted().isPresent() && !owned.isExpired(now))
                    .findFirst();
            if (there.isEmpty()) {
                add(token);
            }
            return there.orElse(token);
        } finally {
            changing.unlock();
        }
    }

    @Override
    public List<StoredToken> ofUser(String userId) {
        changing.lock();
        try {
            return digestsOfUser.getOrDefault(userId, Map.of()).values().stream()
                    .map(byDigest::get)
                    .sorted(Comparator.comparing(StoredToken::created))
                    .toList();
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void touch(String digest, Instant when) {
        byDigest.computeIfPresent(digest, (key, token) -> token.usedAt(when));
    }

    @Override
    public Optional<StoredToken> remove(String userId, String id) {
        changing.lock();
        try {
            Map<String, String> owned = digestsOfUser.getOrDefault(userId, Map.of());
            String digest = owned.get(id);
            if (digest == null) {
                return Optional.empty();
            }
            owned.remove(id);
            ids.remove(id);
            if (owned.isEmpty()) {
                digestsOfUser.remove(userId);
            }
            return Optional.ofNullable(byDigest.remove(digest));
        } finally {
            changing.unlock();
        }
    }

    @Override
    public int removeAll(String userId) {
        changing.lock();
        try {
            Map<String, String> owned = digestsOfUser.remove(userId);
            if (owned == null) {
                return 0;
            }
            owned.values().forEach(byDigest::remove);
            ids.removeAll(owned.keySet());
            return owned.size();
        } finally {
            changing.unlock();
        }
    }

    @Override
    public int purge(Instant now, int limit) {
        List<StoredToken> expired = byDigest.values().stream()
                .filter(token -> token.isExpired(now))
                .limit(limit)
                .toList();
        // Another purge may have been faster.
        return (int) expired.stream()
                .filter(token -> remove(token.userId(), token.id()).isPresent())
                .count();
    }
}
