package io.postern.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.auth.session.SessionStore;
import io.postern.auth.session.StoredSession;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.WithUser;
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
 * What every {@link SessionStore} does.
 *
 * <p>Implement this in a test class of your own and say how to make a store. All users are of the test's own, so that the
 * tests bear other rows beside theirs. {@link SessionPurgeContract} goes with it.
 *
 * <pre>{@code
 * class MySessionStoreTest implements SessionStoreContract, SessionPurgeContract {
 *     public SessionStore sessionStore() { return new MySessionStore(emptyDatabase()); }
 * }
 * }</pre>
 */
public interface SessionStoreContract {

    /**
     * Returns the store under test.
     *
     * @return a store, fresh for each test
     */
    SessionStore sessionStore();

    /** A session is found by its digest with all that was stored. */
    @Test
    default void finds_a_session_with_all_that_was_stored() {
        SessionStore store = sessionStore();
        Instant now = ContractTokens.now();
        StoredSession session = ContractSessions.of(ContractTokens.unique(), now);
        store.add(session);

        assertThat(store.find(session.digest())).contains(session);
        assertThat(store.list(session.userId(), now, Paging.first(10))).containsExactly(session);
    }

    /** The user is told with the session, as the users know it at that moment. */
    @Test
    default void finds_a_session_with_its_user() {
        SessionStore store = sessionStore();
        StoredSession session = ContractSessions.of(ContractTokens.unique(), ContractTokens.now());
        store.add(session);
        InMemoryUserStore users = new InMemoryUserStore();

        assertThat(store.findWithUser(session.digest(), users)).contains(new WithUser<>(session, Optional.empty()));
        users.add(UserRecord.of(session.userId(), "ann"), "");
        assertThat(store.findWithUser(session.digest(), users))
                .contains(new WithUser<>(session, users.findById(session.userId())));
        assertThat(store.findWithUser(ContractTokens.digest(), users)).isEmpty();
    }

    /** What was never added is not there. */
    @Test
    default void answers_empty_for_what_is_not_there() {
        SessionStore store = sessionStore();
        Instant now = ContractTokens.now();
        StoredSession session = ContractSessions.of(ContractTokens.unique(), now);
        store.add(session);

        for (String text : List.of("", " ", "%", "*", "' OR '1'='1", "\u0000", session.id(), "x".repeat(10_000))) {
            assertThat(store.find(text)).as(text).isEmpty();
        }
        assertThat(store.find(session.digest().toUpperCase(Locale.ROOT))).isEmpty();
        assertThat(store.list(ContractTokens.unique(), now, Paging.first(10))).isEmpty();
        assertThat(store.remove(session.userId(), "none")).isFalse();
        assertThat(store.removeAll(ContractTokens.unique(), Optional.empty())).isZero();
    }

    /** A digest that is taken is refused, and what was there stays. */
    @Test
    default void overwrites_nothing() {
        SessionStore store = sessionStore();
        Instant now = ContractTokens.now();
        StoredSession first = ContractSessions.of(ContractTokens.unique(), now);
        StoredSession thief = ContractSessions.of(ContractTokens.unique(), now);
        store.add(first);

        assertThatIllegalStateException()
                .isThrownBy(() -> store.add(new StoredSession(
                        thief.id(),
                        first.digest(),
                        thief.userId(),
                        thief.securityStamp(),
                        thief.device(),
                        now,
                        now,
                        now)));

        assertThat(store.find(first.digest())).contains(first);
        assertThat(store.list(thief.userId(), now, Paging.first(10))).isEmpty();
    }

    /** The live sessions of a user come oldest first, without those that have expired. */
    @Test
    default void lists_the_live_sessions_of_a_user() {
        SessionStore store = sessionStore();
        Instant now = ContractTokens.now();
        String user = ContractTokens.unique();
        StoredSession newer = ContractSessions.of(user, now.plusSeconds(5));
        StoredSession older = ContractSessions.of(user, now);
        StoredSession ended = ContractSessions.ending(user, now, now.plusSeconds(60));
        List.of(newer, older, ended).forEach(store::add);
        store.add(ContractSessions.of(ContractTokens.unique(), now));

        assertThat(store.list(user, now.plusSeconds(60), Paging.first(10))).containsExactly(older, newer);
        assertThat(store.list(user, now.plusSeconds(59), Paging.first(10))).hasSize(3);
    }

    /** A long list comes in pieces, each session once, whatever is removed meanwhile. */
    @Test
    default void lists_the_sessions_of_a_user_in_pieces() {
        SessionStore store = sessionStore();
        Instant now = ContractTokens.now();
        String user = ContractTokens.unique();
        List<StoredSession> owned = IntStream.range(0, 25)
                .mapToObj(i -> ContractSessions.of(user, now.plusSeconds(i / 10)))
                .toList();
        owned.forEach(store::add);

        Paging paging = Paging.first(10);
        List<StoredSession> told = new ArrayList<>();
        for (List<StoredSession> piece = store.list(user, now, paging);
                !piece.isEmpty();
                piece = store.list(user, now, paging)) {
            assertThat(piece).hasSizeLessThanOrEqualTo(10);
            told.addAll(piece);
            StoredSession last = piece.get(piece.size() - 1);
            store.remove(user, last.id());
            paging = paging.after(last.created(), last.id());
        }

        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(owned)
                .isSortedAccordingTo(
                        Comparator.comparing(StoredSession::created).thenComparing(StoredSession::id));
    }

    /** A use is noted on the one session; a session that is gone does not come back by it. */
    @Test
    default void notes_the_use_of_what_is_there_alone() {
        SessionStore store = sessionStore();
        Instant now = ContractTokens.now();
        StoredSession used = ContractSessions.of(ContractTokens.unique(), now);
        StoredSession other = ContractSessions.of(used.userId(), now.plusSeconds(1));
        store.add(used);
        store.add(other);
        Instant later = now.plusSeconds(120);

        store.touch(used.digest(), later, later.plus(ContractSessions.LIFE));
        store.touch(ContractTokens.digest(), later, later);

        assertThat(store.find(used.digest())).contains(used.usedAt(later, later.plus(ContractSessions.LIFE)));
        assertThat(store.find(other.digest())).contains(other);
        store.remove(used.userId(), used.id());
        store.touch(used.digest(), later, later.plus(ContractSessions.LIFE));
        assertThat(store.find(used.digest())).isEmpty();
        assertThat(store.list(used.userId(), now, Paging.first(10))).containsExactly(other);
    }

    /** A session is removed by its user and id, once. */
    @Test
    default void removes_a_session_of_its_user_once() {
        SessionStore store = sessionStore();
        Instant now = ContractTokens.now();
        StoredSession session = ContractSessions.of(ContractTokens.unique(), now);
        StoredSession other = ContractSessions.of(session.userId(), now);
        store.add(session);
        store.add(other);

        assertThat(store.remove(ContractTokens.unique(), session.id())).isFalse();
        assertThat(store.find(session.digest())).isPresent();
        assertThat(store.remove(session.userId(), session.id())).isTrue();
        assertThat(store.remove(session.userId(), session.id())).isFalse();
        assertThat(store.find(session.digest())).isEmpty();
        assertThat(store.list(session.userId(), now, Paging.first(10))).containsExactly(other);
    }

    /** All sessions of a user are removed, or all but one, and nobody else's. */
    @Test
    default void removes_the_sessions_of_one_user() {
        SessionStore store = sessionStore();
        Instant now = ContractTokens.now();
        String user = ContractTokens.unique();
        StoredSession bystander = ContractSessions.of(user + "0", now);
        store.add(bystander);
        List<StoredSession> owned = IntStream.range(0, 5)
                .mapToObj(i -> ContractSessions.of(user, now))
                .toList();
        owned.forEach(store::add);

        assertThat(store.removeAll(user, Optional.of(owned.get(0).id()))).isEqualTo(4);
        assertThat(store.list(user, now, Paging.first(10))).containsExactly(owned.get(0));
        assertThat(store.removeAll(user, Optional.empty())).isEqualTo(1);
        assertThat(store.removeAll(user, Optional.empty())).isZero();
        assertThat(owned)
                .allSatisfy(session -> assertThat(store.find(session.digest())).isEmpty());
        assertThat(store.find(bystander.digest())).contains(bystander);
    }

    /**
     * Of fifty who remove the same session at the same time one is told that it was there.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void tells_one_of_fifty_that_it_removed_a_session() throws Exception {
        SessionStore store = sessionStore();
        StoredSession session = ContractSessions.of(ContractTokens.unique(), ContractTokens.now());
        store.add(session);
        List<Callable<Boolean>> removers = IntStream.range(0, 50)
                .mapToObj(i -> (Callable<Boolean>) () -> store.remove(session.userId(), session.id()))
                .toList();

        assertThat(Race.run(removers)).containsOnlyOnce(true);
    }

    /**
     * A use noted during a logout does not bring the session back.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void lets_a_logout_win_over_uses() throws Exception {
        SessionStore store = sessionStore();
        Instant now = ContractTokens.now();
        StoredSession session = ContractSessions.of(ContractTokens.unique(), now);
        store.add(session);
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Instant when = now.plusSeconds(i);
            all.add(() -> {
                store.touch(session.digest(), when, when.plus(ContractSessions.LIFE));
                return false;
            });
        }
        all.add(() -> store.remove(session.userId(), session.id()));

        assertThat(Race.run(all)).containsOnlyOnce(true);
        assertThat(store.find(session.digest())).isEmpty();
        assertThat(store.list(session.userId(), now, Paging.first(10))).isEmpty();
    }
}
