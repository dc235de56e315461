package io.postern.samples;

import io.postern.auth.token.InMemoryTokenStore;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
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
    public Optional<WithUser<StoredToken>> findWithUser(String digest, UserStore users) {
        return users == ownUsers ? joined(digest) : TokenStore.super.findWithUser(digest, users);
    }
    // end

    private Optional<WithUser<StoredToken>> joined(String digest) {
        return rows.findWithUser(digest, ownUsers);
    }

    @Override
    public Optional<StoredToken> find(String digest) {
        return rows.find(digest);
    }

    @Override
    public void add(StoredToken token) {
        rows.add(token);
    }

    @Override
    public StoredToken addUnlessRepeatable(StoredToken token, Instant now) {
        return rows.addUnlessRepeatable(token, now);
    }

    @Override
    public List<StoredToken> list(String userId, Paging paging) {
        return rows.list(userId, paging);
    }

    @Override
    public void touch(String digest, Instant when) {
        rows.touch(digest, when);
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
