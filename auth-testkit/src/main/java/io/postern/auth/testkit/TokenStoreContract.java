package io.postern.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.WithUser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TokenStore} does.
 *
 * <p>Implement this in a test class of your own and say how to make a store. All users are of the test's own, so
 * that the tests bear other rows beside theirs. {@link TokenPurgeContract} goes with it.
 *
 * <pre>{@code
 * class MyTokenStoreTest implements TokenStoreContract, TokenPurgeContract {
 *     public TokenStore tokenStore() { return new MyTokenStore(emptyDatabase()); }
 * }
 * }</pre>
 */
public interface TokenStoreContract {

    /**
     * Returns the store under test.
     *
     * @return a store, fresh for each test
     */
    TokenStore tokenStore();

    /** A token is found by its digest with all that was stored. */
    @Test
    default void finds_a_token_with_all_that_was_stored() {
        TokenStore store = tokenStore();
        Instant now = ContractTokens.now();
        StoredToken full = new StoredToken(
                "id-" + ContractTokens.unique(),
                ContractTokens.digest(),
                ContractTokens.unique(),
                "J\u00fcrgen's \uD83D\uDC34 'laptop'",
                now,
                Optional.of(now.plusSeconds(60)),
                Optional.of(now.plusSeconds(1)),
                Optional.of("a.b-c_d"));
        StoredToken bare = ContractTokens.of(ContractTokens.unique(), now);
        store.add(full);
        store.add(bare);

        assertThat(store.find(full.digest())).contains(full);
        assertThat(store.find(bare.digest())).contains(bare);
        assertThat(store.list(full.userId(), Paging.first(1_000))).containsExactly(full);
    }

    /** What was never added is not there. */
    @Test
    default void answers_empty_for_what_is_not_there() {
        TokenStore store = tokenStore();
        Instant now = ContractTokens.now();
        StoredToken token = ContractTokens.of(ContractTokens.unique(), now);
        store.add(token);

        for (String text : List.of("", " ", "%", "*", "' OR '1'='1", "\u0000", token.id(), "x".repeat(10_000))) {
            assertThat(store.find(text)).as(text).isEmpty();
        }
        assertThat(store.find(token.digest().toUpperCase(Locale.ROOT))).isEmpty();
        assertThat(store.list(ContractTokens.unique(), Paging.first(1_000))).isEmpty();
        assertThat(store.remove(token.userId(), "none")).isEmpty();
        assertThat(store.removeAll(ContractTokens.unique())).isZero();
    }

    /** A digest that is taken is refused, and what was there stays. */
    @Test
    default void overwrites_nothing() {
        TokenStore store = tokenStore();
        Instant now = ContractTokens.now();
        StoredToken first = ContractTokens.of(ContractTokens.unique(), now);
        store.add(first);
        StoredToken thief = ContractTokens.of(ContractTokens.unique(), now);

        assertThatIllegalStateException()
                .isThrownBy(() -> store.add(ContractTokens.like(thief, thief.id(), first.digest())));
        assertThatIllegalStateException()
                .isThrownBy(() -> store.add(ContractTokens.like(first, thief.id(), first.digest())));

        assertThat(store.find(first.digest())).contains(first);
        assertThat(store.list(first.userId(), Paging.first(1_000))).containsExactly(first);
        assertThat(store.list(thief.userId(), Paging.first(1_000))).isEmpty();
        assertThat(store.find(thief.digest())).isEmpty();
    }

    /** A user's tokens come oldest first, expired ones included. */
    @Test
    default void lists_a_users_tokens_oldest_first() {
        TokenStore store = tokenStore();
        Instant now = ContractTokens.now();
        String user = ContractTokens.unique();
        StoredToken middle = ContractTokens.of(user, now);
        StoredToken newest = ContractTokens.of(user, now.plusSeconds(5));
        StoredToken oldest = ContractTokens.ending(user, now.minusSeconds(5), now.plusSeconds(1));
        for (StoredToken token : List.of(middle, newest, oldest)) {
            store.add(token);
        }
        store.add(ContractTokens.of(ContractTokens.unique(), now));

        assertThat(store.list(user, Paging.first(1_000))).containsExactly(oldest, middle, newest);
    }

    /** A long list comes in pieces, each token once, whatever is removed meanwhile. */
    @Test
    default void lists_a_users_tokens_in_pieces() {
        TokenStore store = tokenStore();
        Instant now = ContractTokens.now();
        String user = ContractTokens.unique();
        List<StoredToken> owned = IntStream.range(0, 25)
                .mapToObj(i -> ContractTokens.of(user, now.plusSeconds(i / 10)))
                .toList();
        owned.forEach(store::add);

        Paging paging = Paging.first(10);
        List<StoredToken> told = new ArrayList<>();
        for (List<StoredToken> piece = store.list(user, paging); !piece.isEmpty(); piece = store.list(user, paging)) {
            assertThat(piece).hasSizeLessThanOrEqualTo(10);
            told.addAll(piece);
            StoredToken last = piece.get(piece.size() - 1);
            store.remove(user, last.id());
            paging = paging.after(last.created(), last.id());
        }

        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(owned)
                .isSortedAccordingTo(Comparator.comparing(StoredToken::created).thenComparing(StoredToken::id));
        assertThat(store.list(user, Paging.first(100))).hasSize(22);
    }

    /** The owner is told with the token, as the users know it at that moment. */
    @Test
    default void finds_a_token_with_its_owner() {
        TokenStore store = tokenStore();
        StoredToken token = ContractTokens.of(ContractTokens.unique(), ContractTokens.now());
        store.add(token);
        InMemoryUserStore users = new InMemoryUserStore();

        assertThat(store.findWithUser(token.digest(), users)).contains(new WithUser<>(token, Optional.empty()));
        users.add(UserRecord.of(token.userId(), "ann"), "");
        assertThat(store.findWithUser(token.digest(), users))
                .contains(new WithUser<>(token, users.findById(token.userId())));
        assertThat(store.findWithUser(ContractTokens.digest(), users)).isEmpty();
    }

    /** A use is noted on the one token; a token that is gone does not come back by it. */
    @Test
    default void notes_the_use_of_what_is_there_alone() {
        TokenStore store = tokenStore();
        Instant now = ContractTokens.now();
        String user = ContractTokens.unique();
        StoredToken used = ContractTokens.of(user, now);
        StoredToken other = ContractTokens.of(user, now.plusSeconds(1));
        store.add(used);
        store.add(other);

        store.touch(used.digest(), now.plusSeconds(30));
        store.touch(ContractTokens.digest(), now.plusSeconds(30));

        assertThat(store.find(used.digest())).contains(used.usedAt(now.plusSeconds(30)));
        assertThat(store.list(user, Paging.first(1_000))).containsExactly(used.usedAt(now.plusSeconds(30)), other);
        store.remove(user, used.id());
        store.touch(used.digest(), now.plusSeconds(60));
        assertThat(store.find(used.digest())).isEmpty();
    }

    /** A token is removed by its owner and id, once, and answered as it was. */
    @Test
    default void removes_a_token_of_its_owner_once() {
        TokenStore store = tokenStore();
        Instant now = ContractTokens.now();
        String user = ContractTokens.unique();
        StoredToken token = ContractTokens.of(user, now);
        StoredToken other = ContractTokens.of(user, now.plusSeconds(1));
        store.add(token);
        store.add(other);

        assertThat(store.remove(ContractTokens.unique(), token.id())).isEmpty();
        assertThat(store.find(token.digest())).isPresent();
        assertThat(store.remove(user, token.id())).contains(token);
        assertThat(store.remove(user, token.id())).isEmpty();
        assertThat(store.find(token.digest())).isEmpty();
        assertThat(store.list(user, Paging.first(1_000))).containsExactly(other);
        store.add(token);
        assertThat(store.find(token.digest())).contains(token);
    }

    /** All tokens of a user are removed, and nobody else's. */
    @Test
    default void removes_all_tokens_of_one_user() {
        TokenStore store = tokenStore();
        Instant now = ContractTokens.now();
        String user = ContractTokens.unique();
        StoredToken bystander = ContractTokens.of(user + "0", now);
        store.add(bystander);
        List<StoredToken> owned = IntStream.range(0, 5)
                .mapToObj(i -> ContractTokens.of(user, now))
                .toList();
        owned.forEach(store::add);

        assertThat(store.removeAll(user)).isEqualTo(5);
        assertThat(store.removeAll(user)).isZero();
        assertThat(owned)
                .allSatisfy(token -> assertThat(store.find(token.digest())).isEmpty());
        assertThat(store.list(user, Paging.first(1_000))).isEmpty();
        assertThat(store.find(bystander.digest())).contains(bystander);
    }

    /** A token that can be told again is returned in place of a new one until it ends. */
    @Test
    default void keeps_a_repeatable_token_until_it_ends() {
        TokenStore store = tokenStore();
        Instant now = ContractTokens.now();
        String user = ContractTokens.unique();
        Instant end = now.plusSeconds(600);
        StoredToken first = ContractTokens.repeatable(user, now, end);
        StoredToken second = ContractTokens.repeatable(user, now.plusSeconds(1), end.plusSeconds(600));
        StoredToken foreign = ContractTokens.repeatable(ContractTokens.unique(), now, end);

        assertThat(store.addUnlessRepeatable(first, now)).isEqualTo(first);
        assertThat(store.addUnlessRepeatable(second, end.minusSeconds(1))).isEqualTo(first);
        assertThat(store.find(second.digest())).isEmpty();
        assertThat(store.addUnlessRepeatable(foreign, now)).isEqualTo(foreign);
        assertThat(store.addUnlessRepeatable(second, end)).isEqualTo(second);
        assertThat(store.find(second.digest())).contains(second);
    }

    /** Of several that can be told again, the oldest is; those that cannot do not count. */
    @Test
    default void tells_the_oldest_repeatable_token_again() {
        TokenStore store = tokenStore();
        Instant now = ContractTokens.now();
        String user = ContractTokens.unique();
        Instant end = now.plusSeconds(600);
        StoredToken plain = ContractTokens.of(user, now.minusSeconds(9));
        StoredToken newer = ContractTokens.repeatable(user, now, end);
        StoredToken older = ContractTokens.repeatable(user, now.minusSeconds(5), end);
        StoredToken candidate = ContractTokens.repeatable(user, now.plusSeconds(1), end);

        store.add(plain);
        store.add(newer);
        store.add(older);
        assertThat(store.addUnlessRepeatable(candidate, now)).isEqualTo(older);
    }

    /**
     * Of a hundred who add the same digest at the same time one succeeds, and the token is the winner's.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void lets_one_of_a_hundred_add_the_same_digest() throws Exception {
        TokenStore store = tokenStore();
        Instant now = ContractTokens.now();
        String digest = ContractTokens.digest();
        List<StoredToken> tokens = IntStream.range(0, 100)
                .mapToObj(i -> ContractTokens.of(ContractTokens.unique(), now))
                .map(token -> ContractTokens.like(token, token.id(), digest))
                .toList();

        List<Boolean> won = Race.run(tokens.stream()
                .map(token -> (Callable<Boolean>) () -> ContractTokens.adds(store, token))
                .toList());

        assertThat(won).containsOnlyOnce(true);
        assertThat(store.find(digest)).contains(tokens.get(won.indexOf(true)));
        for (int i = 0; i < 100; i++) {
            assertThat(store.list(tokens.get(i).userId(), Paging.first(1_000))).hasSize(won.get(i) ? 1 : 0);
        }
    }

    /**
     * Of a hundred logins at the same time all get the same token, and there is one (drf-contract AT-4).
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void gives_a_hundred_parallel_logins_one_repeatable_token() throws Exception {
        TokenStore store = tokenStore();
        Instant now = ContractTokens.now();
        String user = ContractTokens.unique();
        List<Callable<StoredToken>> logins = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            StoredToken candidate = ContractTokens.repeatable(user, now, now.plusSeconds(600));
            logins.add(() -> store.addUnlessRepeatable(candidate, now));
        }

        Set<StoredToken> answers = new HashSet<>(Race.run(logins));

        assertThat(answers).hasSize(1);
        assertThat(store.list(user, Paging.first(1_000))).containsExactlyElementsOf(answers);
    }

    /**
     * Of fifty who remove the same token at the same time one is told that it was there.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void tells_one_of_fifty_that_it_removed_a_token() throws Exception {
        TokenStore store = tokenStore();
        Instant now = ContractTokens.now();
        StoredToken token = ContractTokens.of(ContractTokens.unique(), now);
        store.add(token);
        List<Callable<Boolean>> removers = IntStream.range(0, 50)
                .mapToObj(i -> (Callable<Boolean>)
                        () -> store.remove(token.userId(), token.id()).isPresent())
                .toList();

        assertThat(Race.run(removers)).containsOnlyOnce(true);
    }

    /**
     * A use noted during a removal does not bring the token back.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void lets_a_removal_win_over_uses() throws Exception {
        TokenStore store = tokenStore();
        Instant now = ContractTokens.now();
        String user = ContractTokens.unique();
        StoredToken token = ContractTokens.of(user, now);
        store.add(token);
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Instant when = now.plusSeconds(i);
            all.add(() -> {
                store.touch(token.digest(), when);
                return false;
            });
        }
        all.add(() -> store.removeAll(user) == 1);

        assertThat(Race.run(all)).containsOnlyOnce(true);
        assertThat(store.find(token.digest())).isEmpty();
        assertThat(store.list(user, Paging.first(1_000))).isEmpty();
    }
}
