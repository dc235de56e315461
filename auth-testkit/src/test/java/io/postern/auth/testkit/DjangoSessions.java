package io.postern.auth.testkit;

import io.postern.auth.session.SessionStore;
import io.postern.auth.session.StoredSession;
import io.postern.auth.user.Device;
import io.postern.auth.user.Paging;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A table shaped like {@code django_session}: the key in clear, opaque data, and the expiry, which does not slide. */
final class DjangoSessions implements SessionStore {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

    private record Row(String key, String data, Instant expires) {}

    private final Map<String, Row> rows = new ConcurrentHashMap<>();

    static StoredSession stored(SessionStore.Key key, StoredSession added) {
        return session(new Row(key.reveal(), encode(added.userId(), added.securityStamp()), added.expires()));
    }

    boolean insert(String key, String userId, String hash, Instant expires) {
        return rows.putIfAbsent(key, new Row(key, encode(userId, hash), expires)) == null;
    }

    @Override
    public SessionStore.Key newKey(byte[] bits) {
        StringBuilder key = new StringBuilder();
        for (byte bit : bits) {
            key.append(ALPHABET.charAt(Math.floorMod(bit, ALPHABET.length())));
        }
        return SessionStore.Key.of(key.toString());
    }

    @Override
    public Optional<StoredSession> find(SessionStore.Key key) {
        return Optional.ofNullable(rows.get(key.reveal())).map(DjangoSessions::session);
    }

    @Override
    public boolean add(SessionStore.Key key, StoredSession session) {
        return insert(key.reveal(), session.userId(), session.securityStamp(), session.expires());
    }

    @Override
    public boolean remove(SessionStore.Key key) {
        return rows.remove(key.reveal()) != null;
    }

    @Override
    public boolean remove(String userId, String id) {
        return remove(rowsOf(userId).filter(row -> session(row).id().equals(id))) == 1;
    }

    @Override
    public int removeAll(String userId, Optional<String> except) {
        Predicate<Row> kept = row -> except.isPresent() && session(row).id().equals(except.get());
        return remove(rowsOf(userId).filter(kept.negate()));
    }

    @Override
    public List<StoredSession> list(String userId, Instant now, Paging paging) {
        return paging.of(
                rowsOf(userId).map(DjangoSessions::session).filter(session -> !session.isExpired(now)),
                StoredSession::created,
                StoredSession::id);
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        return remove(rows.values().stream()
                .filter(row -> session(row).isExpired(now))
                .limit(limit));
    }

    /** The owner is in the data, so that all rows are read. */
    private Stream<Row> rowsOf(String userId) {
        return rows.values().stream().filter(row -> session(row).userId().equals(userId));
    }

    private int remove(Stream<Row> found) {
        return (int) found.filter(row -> rows.remove(row.key(), row)).count();
    }

    private static StoredSession session(Row row) {
        String[] parts = new String(Base64.getDecoder().decode(row.data()), StandardCharsets.UTF_8).split("\t", 2);
        String id = SessionStore.Key.of(row.key()).digest().substring(0, 32);
        return new StoredSession(id, parts[0], parts[1], Device.unknown(), Instant.EPOCH, Instant.EPOCH, row.expires());
    }

    private static String encode(String userId, String hash) {
        return Base64.getEncoder().encodeToString((userId + "\t" + hash).getBytes(StandardCharsets.UTF_8));
    }
}
