package io.postern.conformance;

import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Adds to a store that it reveals the tokens which the users have from the beginning, as DRF's table does. */
record ClearTokens(TokenStore store) implements TokenStore {

    @Override
    public Optional<TokenValue> reveal(StoredToken token) {
        return Person.ALL.stream()
                .filter(person -> person.user().id().equals(token.userId()))
                .flatMap(person -> person.key().stream())
                .map(TokenValue::of)
                .filter(value -> store.find(value)
                        .filter(found -> found.id().equals(token.id()))
                        .isPresent())
                .findFirst();
    }

    @Override
    public Optional<StoredToken> find(TokenValue value) {
        return store.find(value);
    }

    @Override
    public Optional<UserStore.WithUser<StoredToken>> findWithUser(TokenValue value, UserStore users) {
        return store.findWithUser(value, users);
    }

    @Override
    public boolean add(TokenValue value, StoredToken token) {
        return store.add(value, token);
    }

    @Override
    public List<StoredToken> list(String userId, Paging paging) {
        return store.list(userId, paging);
    }

    @Override
    public Optional<StoredToken> remove(String userId, String id) {
        return store.remove(userId, id);
    }

    @Override
    public int removeAll(String userId) {
        return store.removeAll(userId);
    }

    @Override
    public void touch(TokenValue value, Instant when) {
        store.touch(value, when);
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        return store.deleteExpired(now, limit);
    }
}
