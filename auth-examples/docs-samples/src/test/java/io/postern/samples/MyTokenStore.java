package io.postern.samples;

import io.postern.auth.token.InMemoryTokenStore;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserStore;
import io.postern.auth.user.WithUser;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The store of {@code write-a-store.md}, which has its users beside its tokens. */
final class MyTokenStore implements TokenStore {

    private final InMemoryTokenStore rows = new InMemoryTokenStore();
    private final InMemoryUserStore ownUsers = new InMemoryUserStore();

    // sample: find-owned
    @Override
    public Optional<WithUser<StoredToken>> findWithUser(TokenValue value, UserStore users) {
        return users == ownUsers ? joined(value) : TokenStore.super.findWithUser(value, users);
    }
    // end

    private Optional<WithUser<StoredToken>> joined(TokenValue value) {
        return rows.findWithUser(value, ownUsers);
    }

    @Override
    public Optional<StoredToken> find(TokenValue value) {
        return rows.find(value);
    }

    @Override
    public boolean add(TokenValue value, StoredToken token) {
        return rows.add(value, token);
    }

    @Override
    public List<StoredToken> list(String userId, Paging paging) {
        return rows.list(userId, paging);
    }

    @Override
    public void touch(TokenValue value, Instant when) {
        rows.touch(value, when);
    }

    @Override
    public Optional<StoredToken> remove(String userId, String id) {
        return rows.remove(userId, id);
    }

    @Override
    public int removeAll(String userId) {
        return rows.removeAll(userId);
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        return rows.deleteExpired(now, limit);
    }
}
