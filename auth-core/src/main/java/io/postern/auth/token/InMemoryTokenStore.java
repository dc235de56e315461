package io.postern.auth.token;

import io.postern.auth.user.Paging;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tokens in memory, at less than 250 bytes each; they are gone when the process ends.
 *
 * <p>Times are kept to the microsecond. Reading takes no lock. Safe for use by several threads.
 */
public final class InMemoryTokenStore implements TokenStore {

    private final ConcurrentHashMap<TokenRow, TokenRow> rows = new ConcurrentHashMap<>();
    private final ReentrantLock changing = new ReentrantLock();

    /** The newest row of each user, which leads to the others; guarded by the lock. */
    private final Map<String, TokenRow> newestOfUser = new HashMap<>();

    /** Creates an empty store. */
    public InMemoryTokenStore() {}

    @Override
    public Optional<StoredToken> find(String digest) {
        return row(digest).map(TokenRow::token);
    }

    @Override
    public void add(StoredToken token) {
        changing.lock();
        try {
            TokenRow row = TokenRow.of(token);
            if (rows.putIfAbsent(row, row) != null) {
                throw new IllegalStateException("a token of this digest is there already");
            }
            link(row);
        } finally {
            changing.unlock();
        }
    }

    @Override
    public StoredToken addUnlessRepeatable(StoredToken token, Instant now) {
        changing.lock();
        try {
            Optional<StoredToken> there = list(token.userId(), Paging.first(Integer.MAX_VALUE)).stream()
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
    public List<StoredToken> list(String userId, Paging paging) {
        changing.lock();
        try {
            return paging.of(rowsOf(userId).map(TokenRow::token), StoredToken::created, StoredToken::id);
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void touch(String digest, Instant when) {
        row(digest).ifPresent(row -> row.touch(when));
    }

    @Override
    public Optional<StoredToken> remove(String userId, String id) {
        changing.lock();
        try {
            Optional<TokenRow> row =
                    rowsOf(userId).filter(owned -> owned.id().equals(id)).findFirst();
            row.ifPresent(this::forget);
            return row.map(TokenRow::token);
        } finally {
            changing.unlock();
        }
    }

    @Override
    public int removeAll(String userId) {
        changing.lock();
        try {
            List<TokenRow> owned = rowsOf(userId).toList();
            owned.forEach(this::forget);
            return owned.size();
        } finally {
            changing.unlock();
        }
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        List<TokenRow> expired = rows.values().stream()
                .filter(row -> row.isExpired(now))
                .limit(limit)
                .toList();
        changing.lock();
        try {
            // Another purge may have been faster.
            return (int) expired.stream().filter(this::forget).count();
        } finally {
            changing.unlock();
        }
    }

    private Optional<TokenRow> row(String digest) {
        return TokenRow.key(digest).map(rows::get);
    }

    private Stream<TokenRow> rowsOf(String userId) {
        return Stream.iterate(newestOfUser.get(userId), row -> row != null, row -> row.next);
    }

    private void link(TokenRow row) {
        TokenRow next = newestOfUser.put(row.userId(), row);
        row.next = next;
        if (next != null) {
            next.previous = row;
        }
    }

    /** Another row of the same digest may stand in its place by now, which is equal but not the same. */
    @SuppressWarnings("ReferenceEquality")
    private boolean forget(TokenRow row) {
        if (rows.get(row) != row) {
            return false;
        }
        rows.remove(row);
        @Nullable TokenRow previous = row.previous;
        @Nullable TokenRow next = row.next;
        if (next != null) {
            next.previous = previous;
        }
        if (previous != null) {
            previous.next = next;
        } else if (next != null) {
            newestOfUser.put(row.userId(), next);
        } else {
            newestOfUser.remove(row.userId());
        }
        return true;
    }
}
