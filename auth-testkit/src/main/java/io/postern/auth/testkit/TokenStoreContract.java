package io.postern.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.token.ApiTokens;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.UserStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The tests of a {@link TokenStore}.
 *
 * <p>Implement this in a test class and return the store. All users are the test's own, so that other rows may be in the
 * store, but for expired ones.
 *
 * <pre>{@code
 * class MyTokenStoreTest implements TokenStoreContract {
 *     public TokenStore tokenStore() { return new MyTokenStore(emptyDatabase()); }
 * }
 * }</pre>
 *
 * <p>A store over a foreign schema overrides {@link #stored}, {@link #severalPerUser} and {@link #deletesExpired}, and runs
 * the part that applies.
 */
public interface TokenStoreContract {

    /** Returns the store under test, fresh for each test. */
    TokenStore tokenStore();

    /**
     * Returns the record that the store returns for one that was added. Override it where the schema lacks columns, for
     * instance to drop the name, the expiry or the last use, or to derive the id from the value.
     */
    default StoredToken stored(TokenValue value, StoredToken added) {
        return added;
    }

    /** Returns whether a user can have several tokens; a schema with one per user returns false. */
    default boolean severalPerUser() {
        return true;
    }

    /** Returns whether {@link TokenStore#deleteExpired} deletes; a store whose rows expire by themselves returns false. */
    default boolean deletesExpired() {
        return true;
    }

    /** A token is found by its value, with all components. */
    @Test
    default void finds_a_token_with_all_components() {
        TokenStore store = tokenStore();
        Instant now = ContractToken.now();
        ContractToken full = token(new StoredToken(
                "id-" + ContractToken.unique(),
                ContractToken.unique(),
                "J\u00fcrgen's \uD83D\uDC34 'laptop'",
                now,
                Optional.of(now.plusSeconds(60)),
                Optional.of(now.plusSeconds(1))));
        ContractToken bare = token(ContractToken.unique(), now);

        assertThat(full.addTo(store)).isTrue();
        assertThat(bare.addTo(store)).isTrue();

        assertThat(store.find(full.value())).contains(full.stored());
        assertThat(store.find(bare.value())).contains(bare.stored());
        assertThat(list(store, full.userId())).containsExactly(full.stored());
    }

    /** A value is revealed only where the schema keeps it. */
    @Test
    default void reveals_no_other_value() {
        TokenStore store = tokenStore();
        ContractToken token = token(ContractToken.unique(), ContractToken.now());
        token.addTo(store);

        assertThat(store.reveal(token.stored())).isIn(Optional.empty(), Optional.of(token.value()));
    }

    /** What was never added is not found. */
    @Test
    default void returns_empty_for_unknown_tokens() {
        TokenStore store = tokenStore();
        ContractToken token = token(ContractToken.unique(), ContractToken.now());
        token.addTo(store);

        String value = token.value().reveal();
        List<String> others = List.of(
                "",
                " ",
                "%",
                "*",
                "' OR '1'='1",
                "\u0000",
                token.id(),
                value + " ",
                value.toUpperCase(Locale.ROOT),
                token.value().digest(),
                "x".repeat(10_000));
        for (String other : others) {
            assertThat(store.find(TokenValue.of(other))).as(other).isEmpty();
        }
        assertThat(list(store, ContractToken.unique())).isEmpty();
        assertThat(store.remove(token.userId(), "none")).isEmpty();
        assertThat(store.removeAll(ContractToken.unique())).isZero();
    }

    /** A value that is taken is rejected, and the token that has it stays. */
    @Test
    default void overwrites_no_token_with_the_same_value() {
        TokenStore store = tokenStore();
        Instant now = ContractToken.now();
        ContractToken first = token(ContractToken.unique(), now);
        ContractToken other = token(ContractToken.unique(), now);
        ContractToken twin = token(first.userId(), now);
        first.addTo(store);

        assertThat(store.add(first.value(), other.added())).isFalse();
        assertThat(store.add(first.value(), twin.added())).isFalse();

        assertThat(store.find(first.value())).contains(first.stored());
        assertThat(list(store, first.userId())).containsExactly(first.stored());
        assertThat(list(store, other.userId())).isEmpty();
        assertThat(store.find(other.value())).isEmpty();
    }

    /** An id that the user's token has is rejected until that token is removed. */
    @Test
    default void overwrites_no_token_with_the_same_id() {
        TokenStore store = tokenStore();
        Instant now = ContractToken.now();
        ContractToken first = token(ContractToken.unique(), now);
        ContractToken twin = withId(first.added().id(), first.userId(), now.plusSeconds(1));
        first.addTo(store);

        boolean taken = !severalPerUser() || twin.id().equals(first.id());
        assertThat(twin.addTo(store)).isEqualTo(!taken);

        assertThat(store.find(first.value())).contains(first.stored());
        assertThat(store.find(twin.value()).isPresent()).isEqualTo(!taken);
        store.removeAll(first.userId());
        assertThat(twin.addTo(store)).isTrue();
        assertThat(store.find(first.value())).isEmpty();
        assertThat(store.find(twin.value())).contains(twin.stored());
    }

    /** Ids are unique for a user alone: two users may have tokens with the same id, and each is the owner's. */
    @Test
    default void keeps_tokens_of_two_users_with_the_same_id_apart() {
        TokenStore store = tokenStore();
        Instant now = ContractToken.now();
        ContractToken first = token(ContractToken.unique(), now);
        ContractToken second = withId(first.added().id(), ContractToken.unique(), now);

        assertThat(first.addTo(store)).isTrue();
        assertThat(second.addTo(store)).isTrue();

        assertThat(list(store, first.userId())).containsExactly(first.stored());
        assertThat(list(store, second.userId())).containsExactly(second.stored());
        assertThat(store.remove(first.userId(), first.id())).contains(first.stored());
        assertThat(store.find(first.value())).isEmpty();
        assertThat(store.find(second.value())).contains(second.stored());
    }

    /** A user's tokens are listed oldest first, expired ones included. */
    @Test
    default void lists_the_tokens_of_a_user_oldest_first() {
        TokenStore store = tokenStore();
        Instant now = ContractToken.now();
        String user = ContractToken.unique();
        List<ContractToken> owned = some(List.of(
                token(user, now),
                token(user, now.plusSeconds(5)),
                expiring(user, now.minusSeconds(5), now.plusSeconds(1))));
        owned.forEach(token -> token.addTo(store));
        token(ContractToken.unique(), now).addTo(store);

        assertThat(list(store, user)).containsExactlyElementsOf(sorted(owned));
    }

    /** A long list is returned in pages, each token once, whatever is removed in the meantime. */
    @Test
    default void lists_the_tokens_of_a_user_in_pages() {
        TokenStore store = tokenStore();
        Instant now = ContractToken.now();
        String user = ContractToken.unique();
        List<ContractToken> owned = some(IntStream.range(0, 25)
                .mapToObj(i -> token(user, now.plusSeconds(i / 10)))
                .toList());
        owned.forEach(token -> token.addTo(store));

        Paging paging = Paging.first(10);
        List<StoredToken> listed = new ArrayList<>();
        int pages = 0;
        for (List<StoredToken> page = store.list(user, paging); !page.isEmpty(); page = store.list(user, paging)) {
            assertThat(page).hasSizeLessThanOrEqualTo(10);
            pages++;
            listed.addAll(page);
            StoredToken last = page.get(page.size() - 1);
            store.remove(user, last.id());
            paging = paging.after(last.created(), last.id());
        }

        assertThat(listed).containsExactlyElementsOf(sorted(owned));
        assertThat(store.list(user, Paging.first(100))).hasSize(owned.size() - pages);
    }

    /** The owner is returned with the token, as the user store has it at that moment. */
    @Test
    default void finds_a_token_with_its_owner() {
        TokenStore store = tokenStore();
        ContractToken token = token(ContractToken.unique(), ContractToken.now());
        token.addTo(store);
        InMemoryUserStore users = new InMemoryUserStore();

        assertThat(store.findWithUser(token.value(), users))
                .contains(new UserStore.WithUser<>(token.stored(), Optional.empty()));
        users.add(UserRecord.of(token.userId(), "ann"), "");
        assertThat(store.findWithUser(token.value(), users))
                .contains(new UserStore.WithUser<>(token.stored(), users.findById(token.userId())));
        assertThat(store.findWithUser(ContractToken.newValue(), users)).isEmpty();
    }

    /** A use is recorded on the one token; a removed token does not return by it. */
    @Test
    default void records_the_last_use_of_one_token() {
        TokenStore store = tokenStore();
        Instant now = ContractToken.now();
        ContractToken used = token(ContractToken.unique(), now);
        ContractToken other = token(ContractToken.unique(), now);
        used.addTo(store);
        other.addTo(store);
        Instant when = now.plusSeconds(30);

        store.touch(used.value(), when);
        store.touch(ContractToken.newValue(), when);

        StoredToken touched = stored(used.value(), used.added().withLastUsed(when));
        assertThat(store.find(used.value())).contains(touched);
        assertThat(list(store, used.userId())).containsExactly(touched);
        assertThat(store.find(other.value())).contains(other.stored());
        store.remove(used.userId(), used.id());
        store.touch(used.value(), now.plusSeconds(60));
        assertThat(store.find(used.value())).isEmpty();
    }

    /** A token is removed by its owner and id, once, and returned as it was. */
    @Test
    default void removes_a_token_of_its_owner_once() {
        TokenStore store = tokenStore();
        Instant now = ContractToken.now();
        String user = ContractToken.unique();
        ContractToken token = token(user, now);
        token.addTo(store);
        List<ContractToken> others = severalPerUser() ? List.of(token(user, now.plusSeconds(1))) : List.of();
        others.forEach(other -> other.addTo(store));

        assertThat(store.remove(ContractToken.unique(), token.id())).isEmpty();
        assertThat(store.find(token.value())).isPresent();
        assertThat(store.remove(user, token.id())).contains(token.stored());
        assertThat(store.remove(user, token.id())).isEmpty();
        assertThat(store.find(token.value())).isEmpty();
        assertThat(list(store, user)).containsExactlyElementsOf(sorted(others));
        others.forEach(other -> store.remove(user, other.id()));
        assertThat(token.addTo(store)).isTrue();
        assertThat(store.find(token.value())).contains(token.stored());
    }

    /** All tokens of a user are removed, and no others. */
    @Test
    default void removes_all_tokens_of_one_user() {
        TokenStore store = tokenStore();
        Instant now = ContractToken.now();
        String user = ContractToken.unique();
        ContractToken bystander = token(user + "0", now);
        bystander.addTo(store);
        List<ContractToken> owned =
                some(IntStream.range(0, 5).mapToObj(i -> token(user, now)).toList());
        owned.forEach(token -> token.addTo(store));

        assertThat(store.removeAll(user)).isEqualTo(owned.size());
        assertThat(store.removeAll(user)).isZero();
        assertThat(owned)
                .allSatisfy(token -> assertThat(store.find(token.value())).isEmpty());
        assertThat(list(store, user)).isEmpty();
        assertThat(store.find(bystander.value())).contains(bystander.stored());
    }

    /** Tokens that expire at this instant are deleted; those that expire later or never are not. */
    @Test
    default void deletes_expired_tokens_and_no_others() {
        TokenStore store = tokenStore();
        Instant now = ContractToken.now();
        Instant end = now.plusSeconds(600);
        ContractToken expired = expiring(ContractToken.unique(), now, end);
        ContractToken later = expiring(ContractToken.unique(), now, end.plusSeconds(1));
        ContractToken never = token(ContractToken.unique(), now);
        List.of(expired, later, never).forEach(token -> token.addTo(store));

        int deleted = deletes(expired) ? 1 : 0;
        assertThat(store.deleteExpired(end.minusSeconds(1), 100)).isZero();
        assertThat(store.deleteExpired(end, 100)).isEqualTo(deleted);
        assertThat(store.find(expired.value()).isEmpty()).isEqualTo(deletes(expired));
        assertThat(store.find(later.value())).contains(later.stored());
        assertThat(store.find(never.value())).contains(never.stored());
    }

    /** Expired tokens are deleted up to the limit. */
    @Test
    default void deletes_expired_tokens_in_batches() {
        TokenStore store = tokenStore();
        Instant now = ContractToken.now();
        Instant end = now.plusSeconds(600);
        List<ContractToken> expired = IntStream.range(0, 7)
                .mapToObj(i -> expiring(ContractToken.unique(), now, end))
                .toList();
        expired.forEach(token -> token.addTo(store));

        List<Integer> deleted =
                IntStream.range(0, 4).mapToObj(i -> store.deleteExpired(end, 3)).toList();

        assertThat(deleted).isEqualTo(deletes(expired.get(0)) ? List.of(3, 3, 1, 0) : List.of(0, 0, 0, 0));
    }

    /**
     * Parallel callers together delete each expired token once.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void counts_each_expired_token_once_in_parallel() throws Exception {
        TokenStore store = tokenStore();
        Instant now = ContractToken.now();
        Instant end = now.plusSeconds(600);
        List<ContractToken> expired = IntStream.range(0, 200)
                .mapToObj(i -> expiring(ContractToken.unique(), now, end))
                .toList();
        expired.forEach(token -> token.addTo(store));
        List<Callable<Integer>> deletions = IntStream.range(0, 10)
                .mapToObj(i -> (Callable<Integer>) () -> store.deleteExpired(end, 1_000))
                .toList();

        assertThat(Race.run(deletions).stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(deletes(expired.get(0)) ? 200 : 0);
    }

    /**
     * Of a hundred parallel callers who add the same value one succeeds, and the token is that caller's.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void accepts_one_of_a_hundred_tokens_with_the_same_value() throws Exception {
        TokenStore store = tokenStore();
        Instant now = ContractToken.now();
        TokenValue value = ContractToken.newValue();
        List<StoredToken> tokens = IntStream.range(0, 100)
                .mapToObj(i -> ContractToken.record(ContractToken.unique(), now, Optional.empty()))
                .toList();

        List<Boolean> won = Race.run(tokens.stream()
                .map(token -> (Callable<Boolean>) () -> store.add(value, token))
                .toList());

        assertThat(won).containsOnlyOnce(true);
        assertThat(store.find(value)).contains(stored(value, tokens.get(won.indexOf(true))));
        for (int i = 0; i < 100; i++) {
            assertThat(list(store, tokens.get(i).userId())).hasSize(won.get(i) ? 1 : 0);
        }
    }

    /**
     * Of a hundred parallel callers who add the same id for a user one succeeds, which gives parallel logins one token
     * (drf-contract AT-4).
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void accepts_one_of_a_hundred_tokens_with_the_same_id() throws Exception {
        TokenStore store = tokenStore();
        Instant now = ContractToken.now();
        String user = ContractToken.unique();
        String id = ContractToken.hex();
        List<ContractToken> tokens = IntStream.range(0, 100)
                .mapToObj(i -> withId(id, user, now.plusMillis(i)))
                .toList();

        List<Boolean> won = Race.run(tokens.stream()
                .map(token -> (Callable<Boolean>) () -> token.addTo(store))
                .toList());

        List<ContractToken> added =
                IntStream.range(0, 100).filter(won::get).mapToObj(tokens::get).toList();
        boolean unique =
                !severalPerUser() || tokens.get(0).id().equals(tokens.get(1).id());
        assertThat(added).hasSize(unique ? 1 : 100);
        assertThat(list(store, user)).containsExactlyElementsOf(sorted(added));
        assertThat(tokens)
                .allSatisfy(token ->
                        assertThat(store.find(token.value()).isPresent()).isEqualTo(added.contains(token)));
    }

    /**
     * A hundred parallel logins with {@link ApiTokens.Builder#repeatable} get one token (drf-contract AT-4), and after its
     * revocation another.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void gives_parallel_logins_one_repeatable_token() throws Exception {
        ContractToken sample = token(ContractToken.unique(), ContractToken.now());
        Assumptions.assumeTrue(sample.stored().id().equals(sample.added().id()), "the schema keeps the ids of tokens");
        TokenStore store = tokenStore();
        ApiTokens tokens = ApiTokens.builder(store).repeatable(new byte[32]).build();
        String user = ContractToken.unique();

        Set<TokenValue> values = new HashSet<>();
        for (int round = 0; round < 2; round++) {
            List<TokenValue> issued = Race.run(
                    Collections.nCopies(100, () -> tokens.getOrIssue(user).value()));
            assertThat(new HashSet<>(issued)).hasSize(1);
            assertThat(values.add(issued.get(0))).isTrue();
            assertThat(store.find(issued.get(0))).isPresent();
            assertThat(list(store, user)).hasSize(1);
            assertThat(tokens.revokeAll(user)).isEqualTo(1);
        }
        assertThat(values).allSatisfy(value -> assertThat(store.find(value)).isEmpty());
    }

    /**
     * Of fifty parallel callers who remove the same token one removes it.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void removes_a_token_for_one_of_fifty_callers() throws Exception {
        TokenStore store = tokenStore();
        ContractToken token = token(ContractToken.unique(), ContractToken.now());
        token.addTo(store);
        List<Callable<Boolean>> removers = IntStream.range(0, 50)
                .mapToObj(i -> (Callable<Boolean>)
                        () -> store.remove(token.userId(), token.id()).isPresent())
                .toList();

        assertThat(Race.run(removers)).containsOnlyOnce(true);
    }

    /**
     * A use recorded during a removal does not bring the token back.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void does_not_lose_a_removal_to_concurrent_uses() throws Exception {
        TokenStore store = tokenStore();
        Instant now = ContractToken.now();
        String user = ContractToken.unique();
        ContractToken token = token(user, now);
        token.addTo(store);
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Instant when = now.plusSeconds(i);
            all.add(() -> {
                store.touch(token.value(), when);
                return false;
            });
        }
        all.add(() -> store.removeAll(user) == 1);

        assertThat(Race.run(all)).containsOnlyOnce(true);
        assertThat(store.find(token.value())).isEmpty();
        assertThat(list(store, user)).isEmpty();
    }

    private ContractToken token(StoredToken added) {
        TokenValue value = ContractToken.newValue();
        return new ContractToken(value, added, stored(value, added));
    }

    private ContractToken token(String userId, Instant created) {
        return token(ContractToken.record(userId, created, Optional.empty()));
    }

    private ContractToken expiring(String userId, Instant created, Instant end) {
        return token(ContractToken.record(userId, created, Optional.of(end)));
    }

    private ContractToken withId(String id, String userId, Instant created) {
        return token(new StoredToken(id, userId, "", created, Optional.empty(), Optional.empty()));
    }

    private boolean deletes(ContractToken expired) {
        return deletesExpired() && expired.stored().expires().isPresent();
    }

    private List<ContractToken> some(List<ContractToken> tokens) {
        return severalPerUser() ? tokens : tokens.subList(0, 1);
    }

    private static List<StoredToken> list(TokenStore store, String userId) {
        return store.list(userId, Paging.first(1_000));
    }

    private static List<StoredToken> sorted(List<ContractToken> tokens) {
        return tokens.stream()
                .map(ContractToken::stored)
                .sorted(Comparator.comparing(StoredToken::created).thenComparing(StoredToken::id))
                .toList();
    }
}
