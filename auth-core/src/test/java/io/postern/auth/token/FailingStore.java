package io.postern.auth.token;

import io.postern.auth.StoreException;
import io.postern.auth.user.Paging;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store that fails on demand. */
final class FailingStore implements TokenStore {

    boolean touchFails;
    boolean allFails;
    boolean addsNothing;
    private final TokenStore store;

    FailingStore(TokenStore store) {
        this.store = store;
    }

    @Override
    public Optional<StoredToken> find(TokenValue value) {
        return working(allFails).find(value);
    }

    @Override
    public boolean add(TokenValue value, StoredToken token) {
        return !addsNothing && working(allFails).add(value, token);
    }

    @Override
    public List<StoredToken> list(String userId, Paging paging) {
        return working(allFails).list(userId, paging);
    }

    @Override
    public void touch(TokenValue value, Instant when) {
        working(allFails || touchFails).touch(value, when);
    }

    @Override
    public Optional<StoredToken> remove(String userId, String id) {
        return working(allFails).remove(userId, id);
    }

    @Override
    public int removeAll(String userId) {
        return working(allFails).removeAll(userId);
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        return working(allFails).deleteExpired(now, limit);
    }

    private TokenStore working(boolean fails) {
        if (fails) {
            throw new StoreException("tokens are down");
        }
        return store;
    }
}
