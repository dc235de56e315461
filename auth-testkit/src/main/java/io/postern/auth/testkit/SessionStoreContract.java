package io.postern.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.session.SessionStore;
import io.postern.auth.session.StoredSession;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.UserStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The tests of a {@link SessionStore}.
 *
 * <p>Implement this in a test class and return the store. All users are the test's own, so that other rows may be in the
 * store, but for expired ones.
 *
 * <pre>{@code
 * class MySessionStoreTest implements SessionStoreContract {
 *     public SessionStore sessionStore() { return new MySessionStore(emptyDatabase()); }
 * }
 * }</pre>
 *
 * <p>A store over a foreign schema overrides {@link #stored}, {@link #recordsUses} and {@link #deletesExpired}, and runs the
 * part that applies.
 */
public interface SessionStoreContract {

    /** Returns the store under test, fresh for each test. */
    SessionStore sessionStore();

    /**
     * Returns the record that the store returns for one that was added. Override it where the schema lacks columns, for
     * instance to drop the device or the last use, or to derive the id from the key.
     */
    default StoredSession stored(SessionStore.Key key, StoredSession added) {
        return added;
    }

    /** Returns whether {@link SessionStore#deleteExpired} deletes; a store whose rows expire by themselves returns false. */
    default boolean deletesExpired() {
        return true;
    }

    /** Returns whether {@link SessionStore#touch} records uses; a schema whose sessions do not slide returns false. */
    default boolean recordsUses() {
        return true;
    }

    /** New keys depend on the random bits, and have one length. */
    @Test
    default void creates_keys_of_one_length_from_random_bits() {
        SessionStore store = sessionStore();
        byte[] bits = new byte[32];
        String first = store.newKey(bits).reveal();
        bits[0] = 1;
        String second = store.newKey(bits).reveal();

        assertThat(second).isNotEqualTo(first).hasSameSizeAs(first);
        assertThat(first).matches("[A-Za-z0-9._-]{20,128}");
    }

    /** A session is found by its key, with all components. */
    @Test
    default void finds_a_session_with_all_components() {
        SessionStore store = sessionStore();
        Instant now = ContractToken.now();
        ContractSession session = session(ContractToken.unique(), now);

        assertThat(session.addTo(store)).isTrue();

        assertThat(store.find(session.key())).contains(session.stored());
        assertThat(list(store, session.userId(), now)).containsExactly(session.stored());
    }

    /** The user is returned with the session, as the user store has it at that moment. */
    @Test
    default void finds_a_session_with_its_user() {
        SessionStore store = sessionStore();
        ContractSession session = session(ContractToken.unique(), ContractToken.now());
        session.addTo(store);
        InMemoryUserStore users = new InMemoryUserStore();

        assertThat(store.findWithUser(session.key(), users))
                .contains(new UserStore.WithUser<>(session.stored(), Optional.empty()));
        users.add(UserRecord.of(session.userId(), "ann"), "");
        assertThat(store.findWithUser(session.key(), users))
                .contains(new UserStore.WithUser<>(session.stored(), users.findById(session.userId())));
        assertThat(store.findWithUser(ContractSession.newKey(), users)).isEmpty();
    }

    /** What was never added is not found. */
    @Test
    default void returns_empty_for_unknown_sessions() {
        SessionStore store = sessionStore();
        Instant now = ContractToken.now();
        ContractSession session = session(ContractToken.unique(), now);
        session.addTo(store);

        String key = session.key().reveal();
        List<String> others = List.of(
                "",
                " ",
                "%",
                "*",
                "' OR '1'='1",
                "\u0000",
                session.id(),
                key + " ",
                key.toUpperCase(Locale.ROOT),
                session.key().digest(),
                "x".repeat(10_000));
        for (String other : others) {
            assertThat(store.find(SessionStore.Key.of(other))).as(other).isEmpty();
            assertThat(store.remove(SessionStore.Key.of(other))).as(other).isFalse();
        }
        assertThat(list(store, ContractToken.unique(), now)).isEmpty();
        assertThat(store.remove(session.userId(), "none")).isFalse();
        assertThat(store.removeAll(ContractToken.unique(), Optional.empty())).isZero();
        assertThat(store.find(session.key())).contains(session.stored());
    }

    /** A key that is taken is rejected, and the session that has it stays. */
    @Test
    default void overwrites_nothing() {
        SessionStore store = sessionStore();
        Instant now = ContractToken.now();
        ContractSession first = session(ContractToken.unique(), now);
        ContractSession other = session(ContractToken.unique(), now);
        first.addTo(store);

        assertThat(store.add(first.key(), other.added())).isFalse();

        assertThat(store.find(first.key())).contains(first.stored());
        assertThat(list(store, other.userId(), now)).isEmpty();
    }

    /** The unexpired sessions of a user are listed, oldest first. */
    @Test
    default void lists_the_unexpired_sessions_of_a_user() {
        SessionStore store = sessionStore();
        Instant now = ContractToken.now();
        String user = ContractToken.unique();
        ContractSession newer = session(user, now.plusSeconds(5));
        ContractSession older = session(user, now);
        ContractSession brief = expiring(user, now, now.plusSeconds(60));
        List.of(newer, older, brief).forEach(session -> session.addTo(store));
        session(ContractToken.unique(), now).addTo(store);

        assertThat(list(store, user, now.plusSeconds(60))).containsExactlyElementsOf(sorted(List.of(older, newer)));
        assertThat(list(store, user, now.plusSeconds(59)))
                .containsExactlyElementsOf(sorted(List.of(older, newer, brief)));
    }

    /** A long list is returned in pages, each session once, whatever is removed in the meantime. */
    @Test
    default void lists_the_sessions_of_a_user_in_pages() {
        SessionStore store = sessionStore();
        Instant now = ContractToken.now();
        String user = ContractToken.unique();
        List<ContractSession> owned = IntStream.range(0, 25)
                .mapToObj(i -> session(user, now.plusSeconds(i / 10)))
                .toList();
        owned.forEach(session -> session.addTo(store));

        Paging paging = Paging.first(10);
        List<StoredSession> listed = new ArrayList<>();
        for (List<StoredSession> page = store.list(user, now, paging);
                !page.isEmpty();
                page = store.list(user, now, paging)) {
            assertThat(page).hasSizeLessThanOrEqualTo(10);
            listed.addAll(page);
            StoredSession last = page.get(page.size() - 1);
            store.remove(user, last.id());
            paging = paging.after(last.created(), last.id());
        }

        assertThat(listed).containsExactlyElementsOf(sorted(owned));
    }

    /** A use is recorded on the one session; a removed session does not return by it. */
    @Test
    default void records_the_last_use_of_one_session() {
        SessionStore store = sessionStore();
        Instant now = ContractToken.now();
        ContractSession used = session(ContractToken.unique(), now);
        ContractSession other = session(used.userId(), now.plusSeconds(1));
        used.addTo(store);
        other.addTo(store);
        Instant later = now.plusSeconds(120);
        Instant end = later.plus(ContractSession.LIFE);

        store.touch(used.key(), later, end);
        store.touch(ContractSession.newKey(), later, later);

        assertThat(store.find(used.key())).contains(touched(used, later, end));
        assertThat(store.find(other.key())).contains(other.stored());
        store.remove(used.userId(), used.id());
        store.touch(used.key(), later, end);
        assertThat(store.find(used.key())).isEmpty();
        assertThat(list(store, used.userId(), now)).containsExactly(other.stored());
    }

    /** A session is removed by its user and id, once. */
    @Test
    default void removes_a_session_of_its_user_once() {
        SessionStore store = sessionStore();
        Instant now = ContractToken.now();
        ContractSession session = session(ContractToken.unique(), now);
        ContractSession other = session(session.userId(), now);
        session.addTo(store);
        other.addTo(store);

        assertThat(store.remove(ContractToken.unique(), session.id())).isFalse();
        assertThat(store.find(session.key())).isPresent();
        assertThat(store.remove(session.userId(), session.id())).isTrue();
        assertThat(store.remove(session.userId(), session.id())).isFalse();
        assertThat(store.find(session.key())).isEmpty();
        assertThat(list(store, session.userId(), now)).containsExactly(other.stored());
    }

    /** A session is removed by its key, once. */
    @Test
    default void removes_a_session_by_its_key_once() {
        SessionStore store = sessionStore();
        Instant now = ContractToken.now();
        ContractSession session = session(ContractToken.unique(), now);
        ContractSession other = session(session.userId(), now);
        session.addTo(store);
        other.addTo(store);

        assertThat(store.remove(session.key())).isTrue();
        assertThat(store.remove(session.key())).isFalse();
        assertThat(store.find(session.key())).isEmpty();
        assertThat(list(store, session.userId(), now)).containsExactly(other.stored());
        assertThat(store.removeAll(session.userId(), Optional.empty())).isEqualTo(1);
    }

    /** All sessions of a user are removed, or all but one, and no others. */
    @Test
    default void removes_the_sessions_of_one_user() {
        SessionStore store = sessionStore();
        Instant now = ContractToken.now();
        String user = ContractToken.unique();
        ContractSession bystander = session(user + "0", now);
        bystander.addTo(store);
        List<ContractSession> owned =
                IntStream.range(0, 5).mapToObj(i -> session(user, now)).toList();
        owned.forEach(session -> session.addTo(store));

        assertThat(store.removeAll(user, Optional.of(owned.get(0).id()))).isEqualTo(4);
        assertThat(list(store, user, now)).containsExactly(owned.get(0).stored());
        assertThat(store.removeAll(user, Optional.empty())).isEqualTo(1);
        assertThat(store.removeAll(user, Optional.empty())).isZero();
        assertThat(owned)
                .allSatisfy(session -> assertThat(store.find(session.key())).isEmpty());
        assertThat(store.find(bystander.key())).contains(bystander.stored());
    }

    /** Sessions that expire at this instant are deleted, those that expire later are not, and a use may postpone it. */
    @Test
    default void deletes_expired_sessions_and_no_others() {
        SessionStore store = sessionStore();
        Instant now = ContractToken.now();
        String user = ContractToken.unique();
        Instant end = now.plusSeconds(600);
        ContractSession expired = expiring(user, now, end);
        ContractSession used = expiring(user, now.plusSeconds(1), end);
        ContractSession later = expiring(user, now.plusSeconds(2), end.plusSeconds(1));
        List.of(expired, used, later).forEach(session -> session.addTo(store));
        store.touch(used.key(), now.plusSeconds(60), end.plusSeconds(60));

        assertThat(store.deleteExpired(end.minusSeconds(1), 100)).isZero();
        assertThat(store.deleteExpired(end, 100)).isEqualTo(deletesExpired() ? recordsUses() ? 1 : 2 : 0);
        assertThat(store.find(expired.key()).isEmpty()).isEqualTo(deletesExpired());
        assertThat(store.find(later.key())).contains(later.stored());
        if (recordsUses()) {
            assertThat(store.find(used.key())).contains(touched(used, now.plusSeconds(60), end.plusSeconds(60)));
        }
    }

    /** Expired sessions are deleted up to the limit. */
    @Test
    default void deletes_expired_sessions_in_batches() {
        SessionStore store = sessionStore();
        Instant now = ContractToken.now();
        String user = ContractToken.unique();
        Instant end = now.plusSeconds(600);
        IntStream.range(0, 7).forEach(i -> expiring(user, now, end).addTo(store));

        List<Integer> deleted =
                IntStream.range(0, 4).mapToObj(i -> store.deleteExpired(end, 3)).toList();

        assertThat(deleted).isEqualTo(deletesExpired() ? List.of(3, 3, 1, 0) : List.of(0, 0, 0, 0));
    }

    /**
     * Parallel callers together delete each expired session once.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void counts_each_expired_session_once_in_parallel() throws Exception {
        SessionStore store = sessionStore();
        Instant now = ContractToken.now();
        Instant end = now.plusSeconds(600);
        String user = ContractToken.unique();
        IntStream.range(0, 200).forEach(i -> expiring(user, now, end).addTo(store));
        List<Callable<Integer>> deletions = IntStream.range(0, 10)
                .mapToObj(i -> (Callable<Integer>) () -> store.deleteExpired(end, 1_000))
                .toList();

        assertThat(Race.run(deletions).stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(deletesExpired() ? 200 : 0);
    }

    /**
     * Of fifty parallel callers who remove the same session one removes it.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void removes_a_session_for_one_of_fifty_callers() throws Exception {
        SessionStore store = sessionStore();
        ContractSession session = session(ContractToken.unique(), ContractToken.now());
        session.addTo(store);
        List<Callable<Boolean>> removers = IntStream.range(0, 50)
                .mapToObj(i -> (Callable<Boolean>)
                        () -> i % 2 == 0 ? store.remove(session.userId(), session.id()) : store.remove(session.key()))
                .toList();

        assertThat(Race.run(removers)).containsOnlyOnce(true);
    }

    /**
     * A use recorded during a logout does not bring the session back.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void does_not_lose_a_logout_to_concurrent_uses() throws Exception {
        SessionStore store = sessionStore();
        Instant now = ContractToken.now();
        ContractSession session = session(ContractToken.unique(), now);
        session.addTo(store);
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Instant when = now.plusSeconds(i);
            all.add(() -> {
                store.touch(session.key(), when, when.plus(ContractSession.LIFE));
                return false;
            });
        }
        all.add(() -> store.remove(session.key()));

        assertThat(Race.run(all)).containsOnlyOnce(true);
        assertThat(store.find(session.key())).isEmpty();
        assertThat(list(store, session.userId(), now)).isEmpty();
    }

    private ContractSession session(String userId, Instant created) {
        return expiring(userId, created, created.plus(ContractSession.LIFE));
    }

    private ContractSession expiring(String userId, Instant created, Instant end) {
        SessionStore.Key key = ContractSession.newKey();
        StoredSession added = ContractSession.record(userId, created, end);
        return new ContractSession(key, added, stored(key, added));
    }

    private StoredSession touched(ContractSession session, Instant when, Instant end) {
        return recordsUses() ? stored(session.key(), session.added().withLastUsed(when, end)) : session.stored();
    }

    private static List<StoredSession> list(SessionStore store, String userId, Instant now) {
        return store.list(userId, now, Paging.first(1_000));
    }

    private static List<StoredSession> sorted(List<ContractSession> sessions) {
        return sessions.stream()
                .map(ContractSession::stored)
                .sorted(Comparator.comparing(StoredSession::created).thenComparing(StoredSession::id))
                .toList();
    }
}
