package io.postern.auth.testkit;

import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.Paging;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table shaped like Django's {@code authtoken_token}: the key in clear, one row for each user, no other column. */
final class DjangoTokens implements TokenStore {

    private record Row(String key, String userId, Instant created) {}

    private final Map<String, Row> rows = new HashMap<>();

    static StoredToken stored(TokenValue value, StoredToken added) {
        return token(new Row(value.reveal(), added.userId(), added.created()));
    }

    synchronized boolean insert(String key, String userId, Instant created) {
        boolean taken = rows.containsKey(key)
                || rows.values().stream().anyMatch(row -> row.userId().equals(userId));
        if (!taken) {
            rows.put(key, new Row(key, userId, created));
        }
        return !taken;
    }

    @Override
    public synchronized Optional<StoredToken> find(TokenValue value) {
        return Optional.ofNullable(rows.get(value.reveal())).map(DjangoTokens::token);
    }

    @Override
    public boolean add(TokenValue value, StoredToken token) {
        return insert(value.reveal(), token.userId(), token.created());
    }

    @Override
    public List<StoredToken> list(String userId, Paging paging) {
        return paging.of(rowOf(userId).map(DjangoTokens::token).stream(), StoredToken::created, StoredToken::id);
    }

    @Override
    public synchronized Optional<StoredToken> remove(String userId, String id) {
        Optional<Row> row = rowOf(userId).filter(found -> token(found).id().equals(id));
        row.ifPresent(found -> rows.remove(found.key()));
        return row.map(DjangoTokens::token);
    }

    @Override
    public synchronized int removeAll(String userId) {
        Optional<Row> row = rowOf(userId);
        row.ifPresent(found -> rows.remove(found.key()));
        return row.isPresent() ? 1 : 0;
    }

    @Override
    public Optional<TokenValue> reveal(StoredToken token) {
        return rowOf(token.userId())
                .filter(row -> token(row).id().equals(token.id()))
                .map(row -> TokenValue.of(row.key()));
    }

    private synchronized Optional<Row> rowOf(String userId) {
        return rows.values().stream().filter(row -> row.userId().equals(userId)).findFirst();
    }

    private static StoredToken token(Row row) {
        String id = TokenValue.of(row.key()).digest().substring(0, 32);
        return new StoredToken(id, row.userId(), "", row.created(), Optional.empty(), Optional.empty());
    }
}
