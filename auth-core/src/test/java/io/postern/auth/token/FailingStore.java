package io.postern.auth.token;

import io.postern.auth.StoreException;
import io.postern.auth.user.Paging;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Works until it is told to fail. */
final class FailingStore implements TokenStore {

    boolean touchFails;
    boolean allFails;
    private final TokenStore store;

    FailingStore(TokenStore store) {
        this.store = store;
    }

    @Override
    public Optional<StoredToken> find(String digest) {
        return working(allFails).find(digest);
    }

    @Override
    public void add(StoredToken token) {
        working(allFails).add(token);
    }

    @Override
    public StoredToken addUnlessRepeatable(StoredToken token, Instant now) {
        return working(allFails).addUnlessRepeatable(token, now);
    }

    @Override
    public List<StoredToken> list(String userId, Paging paging) {
        return working(allFails).list(userId, paging);
    }

    @Override
    public void touch(String digest, Instant when) {
        working(allFails || touchFails).touch(digest, when);
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
