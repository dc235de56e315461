package io.postern.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.StandardAuthenticators;
import io.postern.auth.StoreException;
import io.postern.auth.event.AuthListener;
import io.postern.auth.permission.StandardPermissions;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.UserStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a short memory of found tokens may do, and what it must never do. */
class CachedTokenStoreTest {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration STALENESS = Duration.ofSeconds(5);

    private final SettableClock clock = SettableClock.at(START);
    private final InMemoryStores stores = new InMemoryStores();
    private final InMemoryUserStore users = stores.users();
    private final Counted store = new Counted(stores.tokens());
    private final ApiTokens tokens = builder().cacheLookups(STALENESS).build();
    private final ApiTokens otherServer = builder().build();

    @BeforeEach
    void addUser() {
        users.add(UserRecord.of("1", "ann"), "hash");
    }

    @Test
    void a_token_is_looked_up_once_for_as_long_as_the_staleness() {
        String value = tokens.issue("1", "").value().reveal();

        for (int i = 0; i < 3; i++) {
            assertThat(owner(value)).contains("ann");
        }
        assertThat(store.lookUps).isEqualTo(1);

        clock.advance(STALENESS.minusNanos(1));
        assertThat(owner(value)).contains("ann");
        assertThat(tokens.find(value)).isPresent();
        assertThat(store.lookUps).isEqualTo(1);

        clock.advance(Duration.ofNanos(1));
        assertThat(owner(value)).contains("ann");
        assertThat(store.lookUps).isEqualTo(2);
    }

    @Test
    void each_request_looks_up_unless_asked_otherwise() {
        String value = otherServer.issue("1", "").value().reveal();

        otherServer.findWithUser(value, users);
        otherServer.findWithUser(value, users);

        assertThat(store.lookUps).isEqualTo(2);
    }

    @Test
    void a_remembered_token_ends_at_the_instant_of_its_expiry() {
        ApiTokens ending = builder()
                .cacheLookups(Duration.ofMinutes(1))
                .expireAfter(Duration.ofSeconds(10))
                .build();
        String value = ending.issue("1", "").value().reveal();
        assertThat(ending.findWithUser(value, users)).isPresent();

        clock.advance(Duration.ofSeconds(10).minusNanos(1));
        assertThat(ending.findWithUser(value, users)).isPresent();
        clock.advance(Duration.ofNanos(1));
        assertThat(ending.findWithUser(value, users)).isEmpty();
        assertThat(ending.find(value)).isEmpty();
    }

    @Test
    void a_revocation_here_counts_at_once() {
        ApiTokens.Issued one = tokens.issue("1", "one");
        String two = tokens.issue("1", "two").value().reveal();
        String three = tokens.issue("1", "three").value().reveal();
        assertThat(List.of(one.value().reveal(), two, three))
                .allMatch(value -> owner(value).isPresent());

        assertThat(tokens.revoke("1", one.record().id())).isTrue();
        assertThat(owner(one.value().reveal())).isEmpty();
        assertThat(tokens.find(one.value().reveal())).isEmpty();
        assertThat(owner(two)).contains("ann");

        assertThat(tokens.revokeAll("1")).isEqualTo(2);
        assertThat(owner(two)).isEmpty();
        assertThat(owner(three)).isEmpty();
    }

    @Test
    void a_user_who_is_deleted_here_is_rejected_at_once() {
        Postern postern = Postern.builder()
                .users(users)
                .tokens(store, settings -> settings.cacheLookups(STALENESS))
                .clock(clock)
                .withoutListeners()
                .authenticators(StandardAuthenticators.token())
                .permissions(StandardPermissions.isAuthenticated())
                .build();
        String value = postern.tokens().issue("1", "").value().reveal();
        assertThat(postern.tokens().findWithUser(value, users)).isPresent();
        assertThat(postern.tokens().findWithUser(value, users)).isPresent();
        assertThat(store.lookUps).isEqualTo(1);

        postern.deleteUser("1");

        assertThat(postern.tokens().findWithUser(value, users)).isEmpty();
    }

    @Test
    void a_revocation_that_fails_half_way_is_no_reason_to_remember() {
        String value = tokens.issue("1", "").value().reveal();
        assertThat(owner(value)).contains("ann");

        store.failsAfterRemoval = true;
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> tokens.revokeAll("1"));

        assertThat(owner(value)).isEmpty();
    }

    @Test
    void a_look_up_that_a_revocation_overtakes_is_not_remembered() {
        String value = tokens.issue("1", "").value().reveal();
        store.afterLookUp = () -> {
            store.afterLookUp = () -> {};
            tokens.revokeAll("1");
        };

        assertThat(owner(value)).contains("ann");
        assertThat(owner(value)).isEmpty();
    }

    @Test
    void a_revocation_on_another_server_counts_after_the_staleness_at_the_latest() {
        String value = tokens.issue("1", "").value().reveal();
        assertThat(owner(value)).contains("ann");
        otherServer.revokeAll("1");

        clock.advance(STALENESS.minusNanos(1));
        assertThat(owner(value)).contains("ann");
        clock.advance(Duration.ofNanos(1));
        assertThat(owner(value)).isEmpty();
    }

    @Test
    void the_age_counts_from_before_the_store_was_asked() {
        String value = tokens.issue("1", "").value().reveal();
        store.afterLookUp = () -> clock.advance(Duration.ofSeconds(2));
        assertThat(owner(value)).contains("ann");
        otherServer.revokeAll("1");

        clock.advance(Duration.ofSeconds(3));

        assertThat(owner(value)).isEmpty();
    }

    @Test
    void a_user_who_is_deactivated_is_known_to_be_after_the_staleness_at_the_latest() {
        String value = tokens.issue("1", "").value().reveal();
        assertThat(owner(value)).contains("ann");
        users.update(UserRecord.builder("1", "ann").active(false).build());

        clock.advance(STALENESS);

        UserStore.WithUser<StoredToken> found =
                tokens.findWithUser(value, users).orElseThrow();
        assertThat(found.owner().orElseThrow().user().isActive()).isFalse();
    }

    @Test
    void a_clock_that_is_set_back_prolongs_nothing() {
        String value = tokens.issue("1", "").value().reveal();
        assertThat(owner(value)).contains("ann");
        otherServer.revokeAll("1");

        clock.advance(Duration.ofHours(-1));

        assertThat(owner(value)).isEmpty();
    }

    @Test
    void an_unknown_token_is_looked_up_again() {
        String value = otherServer.issue("2", "").value().reveal();
        otherServer.revokeAll("2");
        assertThat(owner(value)).isEmpty();

        otherServer.importExisting("1", "", TokenValue.of(value));

        assertThat(owner(value)).contains("ann");
    }

    @Test
    void a_token_that_gets_another_owner_here_is_looked_up_again() {
        users.add(UserRecord.of("2", "bob"), "hash");
        String value = tokens.issue("1", "").value().reveal();
        assertThat(owner(value)).contains("ann");
        otherServer.revokeAll("1");

        tokens.importExisting("2", "", TokenValue.of(value));

        assertThat(owner(value)).contains("bob");
    }

    @Test
    void owners_of_one_user_store_are_not_those_of_another() {
        InMemoryUserStore others = new InMemoryStores().users();
        others.add(UserRecord.of("1", "zoe"), "hash");
        String value = tokens.issue("1", "").value().reveal();

        assertThat(owner(value)).contains("ann");
        assertThat(tokens.findWithUser(value, others).flatMap(UserStore.WithUser::owner))
                .map(found -> found.user().username())
                .contains("zoe");
        assertThat(owner(value)).contains("ann");
    }

    @Test
    void a_use_is_recorded_once_a_minute() {
        ApiTokens patient = builder().cacheLookups(Duration.ofMinutes(5)).build();
        String value = patient.issue("1", "").value().reveal();

        for (int second = 0; second <= 120; second++) {
            assertThat(patient.findWithUser(value, users)).isPresent();
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(store.lookUps).isEqualTo(1);
        assertThat(store.touched).containsExactly(START, START.plusSeconds(61));
        assertThat(otherServer.list("1", Paging.first(1)).get(0).lastUsed()).contains(START.plusSeconds(61));
    }

    @Test
    void while_the_store_fails_a_remembered_token_is_good_for_the_staleness_and_no_longer() {
        String value = tokens.issue("1", "").value().reveal();
        String unseen = tokens.issue("1", "").value().reveal();
        assertThat(owner(value)).contains("ann");
        clock.advance(STALENESS.minusNanos(1));
        store.fails = true;

        assertThat(owner(value)).contains("ann");
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> owner(unseen));
        clock.advance(Duration.ofNanos(1));
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> owner(value));
    }

    @Test
    void while_the_store_fails_it_is_told_of_a_use_once_a_minute() {
        String value = tokens.issue("1", "").value().reveal();
        store.touchFails = true;

        for (int i = 0; i < 4; i++) {
            assertThat(owner(value)).contains("ann");
        }

        assertThat(store.touched).containsExactly(START);
    }

    @Test
    void a_hundred_thousand_tokens_leave_ten_thousand_entries() {
        CachedTokenStore cache = new CachedTokenStore(new AnyToken(), STALENESS, clock);

        for (int i = 0; i < 100_000; i++) {
            assertThat(cache.findWithUser(TokenValue.of("t" + i), users)).isPresent();
        }

        assertThat(cache.remembered()).hasSizeBetween(CachedTokenStore.CAPACITY / 2, CachedTokenStore.CAPACITY);
    }

    @Test
    void nothing_that_is_remembered_contains_a_token_or_its_digest_in_letters() {
        CachedTokenStore cache = new CachedTokenStore(new AnyToken(), STALENESS, clock);
        TokenValue value = TokenValue.of("correct-horse-battery-staple");
        cache.findWithUser(value, users);

        assertThat(cache.remembered()).hasSize(1);
        Set<Object> keys = new HashSet<>(cache.remembered().keySet());
        assertThat(keys).noneMatch(key -> key instanceof CharSequence || key instanceof TokenValue);
        assertThat(cache.remembered().toString())
                .doesNotContain("correct-horse-battery-staple")
                .doesNotContain(value.digest());
    }

    @Test
    void the_staleness_is_positive_and_at_most_five_minutes() {
        assertThat(builder().cacheLookups(Duration.ofMinutes(5)).build()).isNotNull();
        for (Duration wrong : List.of(
                Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMinutes(5).plusNanos(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().cacheLookups(wrong))
                    .withMessageContainingAll("cacheLookups", "at most 5 minutes", wrong.toString(), "leave it out");
        }
    }

    private ApiTokens.Builder builder() {
        return ApiTokens.builder(store).clock(clock).listener(AuthListener.all(List.of()));
    }

    private Optional<String> owner(String value) {
        return tokens.findWithUser(value, users)
                .flatMap(UserStore.WithUser::owner)
                .map(owner -> owner.user().username());
    }

    /** Counts what reaches a store, and fails on demand. */
    private static final class Counted implements TokenStore {

        int lookUps;
        boolean fails;
        boolean touchFails;
        boolean failsAfterRemoval;
        Runnable afterLookUp = () -> {};
        final List<Instant> touched = new ArrayList<>();
        private final TokenStore store;

        Counted(TokenStore store) {
            this.store = store;
        }

        @Override
        public Optional<StoredToken> find(TokenValue value) {
            failIf(fails);
            lookUps++;
            Optional<StoredToken> found = store.find(value);
            afterLookUp.run();
            return found;
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
            int removed = store.removeAll(userId);
            failIf(failsAfterRemoval);
            return removed;
        }

        @Override
        public void touch(TokenValue value, Instant when) {
            touched.add(when);
            failIf(touchFails);
            store.touch(value, when);
        }

        private static void failIf(boolean failing) {
            if (failing) {
                throw new StoreException("tokens are down");
            }
        }
    }

    /** Knows every token. */
    private static final class AnyToken implements TokenStore {

        @Override
        public Optional<StoredToken> find(TokenValue value) {
            return Optional.of(new StoredToken("id", "1", "", START, Optional.empty(), Optional.of(START)));
        }

        @Override
        public boolean add(TokenValue value, StoredToken token) {
            return false;
        }

        @Override
        public List<StoredToken> list(String userId, Paging paging) {
            return List.of();
        }

        @Override
        public Optional<StoredToken> remove(String userId, String id) {
            return Optional.empty();
        }

        @Override
        public int removeAll(String userId) {
            return 0;
        }
    }
}
