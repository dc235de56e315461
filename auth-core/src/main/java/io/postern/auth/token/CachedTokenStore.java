package io.postern.auth.token;

import io.postern.auth.internal.Sha256;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a short time the tokens and owners that another store found; never that it found none.
 *
 * <p>Entries are keyed by the digest of the whole token and belong to one user store. They are in two generations: when the
 * younger one is full, the elder one is dropped. A hit takes no lock. What this instance removes is forgotten before the
 * removal returns, and a look-up that ran meanwhile is not remembered.
 */
final class CachedTokenStore implements TokenStore {

    static final Duration MAX_STALENESS = Duration.ofMinutes(5);

    /** How many entries there are at most. */
    static final int CAPACITY = 10_000;

    private final TokenStore store;
    private final Duration maxStaleness;
    private final Clock clock;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile Generations entries = new Generations(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    private final AtomicLong removals = new AtomicLong();

    CachedTokenStore(TokenStore store, Duration maxStaleness, Clock clock) {
        this.store = store;
        this.maxStaleness = maxStaleness;
        this.clock = clock;
    }

    /** Answers from memory where it can; it remembers nothing itself, since it does not know the owner. */
    @Override
    public Optional<StoredToken> find(TokenValue value) {
        Entry entry = entries.get(Sha256.of(value.reveal()));
        return entry != null && isFresh(entry, clock.instant())
                ? Optional.of(entry.found().found())
                : store.find(value);
    }

    @Override
    public Optional<UserStore.WithUser<StoredToken>> findWithUser(TokenValue value, UserStore users) {
        Sha256 key = Sha256.of(value.reveal());
        Instant now = clock.instant();
        Entry entry = entries.get(key);
        if (entry != null && entry.users() == users && isFresh(entry, now)) {
            return Optional.of(entry.found());
        }
        long before = removals.get();
        Optional<UserStore.WithUser<StoredToken>> found = store.findWithUser(value, users);
        found.ifPresent(token -> remember(key, new Entry(token, users, now), before));
        return found;
    }

    @Override
    public boolean add(TokenValue value, StoredToken token) {
        boolean added = store.add(value, token);
        Sha256 key = Sha256.of(value.reveal());
        // Another server may have removed a token of the same value.
        forget((other, entry) -> other.equals(key));
        return added;
    }

    @Override
    public List<StoredToken> list(String userId, Paging paging) {
        return store.list(userId, paging);
    }

    @Override
    public Optional<StoredToken> remove(String userId, String id) {
        try {
            return store.remove(userId, id);
        } finally {
            forget((key, entry) -> entry.token().userId().equals(userId));
        }
    }

    @Override
    public int removeAll(String userId) {
        try {
            return store.removeAll(userId);
        } finally {
            forget((key, entry) -> entry.token().userId().equals(userId));
        }
    }

    /** Remembers the use first: while the store fails, it is asked once a minute and token, not at each request. */
    @Override
    public void touch(TokenValue value, Instant when) {
        Sha256 key = Sha256.of(value.reveal());
        Entry entry = entries.get(key);
        if (entry != null) {
            entries.replace(key, entry, entry.usedAt(when));
        }
        store.touch(value, when);
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        return store.deleteExpired(now, limit);
    }

    @Override
    public Optional<TokenValue> reveal(StoredToken token) {
        return store.reveal(token);
    }

    /** Returns a copy of all that is remembered, for tests. */
    Map<?, ?> remembered() {
        Generations now = entries;
        Map<Object, Object> all = new HashMap<>(now.old());
        all.putAll(now.young());
        return all;
    }

    /**
     * An entry of the future is stale too: otherwise a clock that was set back would prolong it. Whether the token has expired
     * is checked by {@link ApiTokens}.
     */
    private boolean isFresh(Entry entry, Instant now) {
        return !now.isBefore(entry.read()) && now.isBefore(entry.read().plus(maxStaleness));
    }

    private void remember(Sha256 key, Entry entry, long before) {
        changing.lock();
        try {
            if (removals.get() != before) {
                return;
            }
            Generations now = entries;
            if (now.young().size() >= CAPACITY / 2) {
                now = new Generations(new ConcurrentHashMap<>(), now.young());
                entries = now;
            }
            now.old().remove(key);
            now.young().put(key, entry);
        } finally {
            changing.unlock();
        }
    }

    private void forget(BiPredicate<Sha256, Entry> which) {
        changing.lock();
        try {
            removals.incrementAndGet();
            Generations now = entries;
            now.young().entrySet().removeIf(entry -> which.test(entry.getKey(), entry.getValue()));
            now.old().entrySet().removeIf(entry -> which.test(entry.getKey(), entry.getValue()));
        } finally {
            changing.unlock();
        }
    }

    /** What was found, for whom, and the time before the store was asked. */
    private record Entry(UserStore.WithUser<StoredToken> found, UserStore users, Instant read) {

        StoredToken token() {
            return found.found();
        }

        Entry usedAt(Instant when) {
            return new Entry(new UserStore.WithUser<>(token().withLastUsed(when), found.owner()), users, read);
        }
    }

    private record Generations(ConcurrentHashMap<Sha256, Entry> young, ConcurrentHashMap<Sha256, Entry> old) {

        @Nullable
        Entry get(Sha256 key) {
            Entry entry = young.get(key);
            return entry == null ? old.get(key) : entry;
        }

        void replace(Sha256 key, Entry known, Entry replacement) {
            if (!young.replace(key, known, replacement)) {
                old.replace(key, known, replacement);
            }
        }
    }
}
