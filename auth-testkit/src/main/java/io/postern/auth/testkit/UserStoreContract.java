package io.postern.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.User;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.UserStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Verifies the rules of {@link UserStore}.
 *
 * <p>Implement this in a test class and return a store; JUnit runs each rule against a new one.
 *
 * <pre>{@code
 * class LdapUserStoreTest implements UserStoreContract {
 *     public UserStore storeWith(StoredUser... users) { return new LdapUserStore(directoryOf(users)); }
 * }
 * }</pre>
 */
public interface UserStoreContract {

    /**
     * Returns a new store that holds just these users.
     *
     * @param users the users
     * @return the store
     */
    UserStore storeWith(StoredUser... users);

    /** A user is found by name and by id, with everything that was stored. */
    @Test
    default void finds_a_user_with_all_that_was_stored() {
        User stored = UserRecord.builder("7", "ann")
                .active(false)
                .staff(true)
                .superuser(true)
                .permissions("app.add_note", "app.change_note")
                .roles("editors")
                .build();
        UserStore store = storeWith(new StoredUser(stored, "hash"), ContractUsers.stored("8", "bob", ""));

        for (Optional<StoredUser> found : List.of(store.findByUsername("ann"), store.findById("7"))) {
            assertThat(found).map(StoredUser::passwordHash).contains("hash");
            assertThat(found).map(StoredUser::user).hasValueSatisfying(user -> {
                assertThat(user.isAuthenticated()).isTrue();
                assertThat(UserRecord.from(user).build()).isEqualTo(stored);
            });
        }
    }

    /** A user without a password is found with the mark that was stored. */
    @Test
    default void keeps_an_unusable_hash_as_it_is() {
        UserStore store = storeWith(ContractUsers.stored("1", "ann", ""), ContractUsers.stored("2", "bob", "!x"));

        assertThat(store.findById("1")).map(StoredUser::passwordHash).contains("");
        assertThat(store.findById("2")).map(StoredUser::passwordHash).contains("!x");
    }

    /** The stamp is the same at each look-up, and differs between hashes. */
    @Test
    default void returns_the_same_stamp_at_each_look_up() {
        UserStore store = storeWith(ContractUsers.stored("1", "ann", "one"), ContractUsers.stored("2", "bob", "two"));

        String securityStamp = store.findById("1").orElseThrow().securityStamp();

        assertThat(securityStamp).isNotEmpty().doesNotContain("one");
        assertThat(store.findById("1")).map(StoredUser::securityStamp).contains(securityStamp);
        assertThat(store.findByUsername("ann")).map(StoredUser::securityStamp).contains(securityStamp);
        assertThat(store.findByUsername("bob"))
                .map(StoredUser::securityStamp)
                .isPresent()
                .get()
                .isNotEqualTo(securityStamp);
    }

    /** An unknown user is empty, whatever the input. */
    @Test
    default void returns_empty_for_an_unknown_name_or_id() {
        UserStore store = storeWith(ContractUsers.stored("1", "ann", "hash"));

        for (String input :
                List.of("", " ", "unknown", "2", "-1", "%", "*", "' OR '1'='1", "\u0000", "x".repeat(10_000))) {
            assertThat(store.findByUsername(input)).isEmpty();
            assertThat(store.findById(input)).isEmpty();
        }
    }

    /** Name and id are different keys. */
    @Test
    default void does_not_take_an_id_for_a_name() {
        UserStore store = storeWith(ContractUsers.stored("1", "ann", "hash"));

        assertThat(store.findByUsername("1")).isEmpty();
        assertThat(store.findById("ann")).isEmpty();
    }

    /** Case, spaces, further characters and Unicode forms count. */
    @Test
    default void compares_names_exactly() {
        UserStore store = storeWith(
                ContractUsers.stored("1", "ann", "hash"),
                ContractUsers.stored("2", "j\u00fcrgen", "hash"),
                ContractUsers.stored("3", "mike", "hash"));

        for (String twin : List.of(
                "Ann",
                "ANN",
                " ann",
                "ann ",
                "ann\u0000",
                "ann\n",
                "\uff41nn",
                "ju\u0308rgen",
                "jurgen",
                "mi\u212ae")) {
            assertThat(store.findByUsername(twin)).as(twin).isEmpty();
        }
        assertThat(store.findByUsername("j\u00fcrgen")).isPresent();
    }

    /** Names that differ in case or form alone are different users. */
    @Test
    default void keeps_twins_apart() {
        UserStore store = storeWith(
                ContractUsers.stored("1", "ann", "one"),
                ContractUsers.stored("2", "Ann", "two"),
                ContractUsers.stored("3", "\u00e4nn", "three"),
                ContractUsers.stored("4", "a\u0308nn", "four"));

        assertThat(List.of("ann", "Ann", "\u00e4nn", "a\u0308nn"))
                .map(name -> store.findByUsername(name).orElseThrow().passwordHash())
                .containsExactly("one", "two", "three", "four");
    }

    /** A hash is replaced if it is the expected one, and both look-ups see it. */
    @Test
    default void replaces_the_expected_hash() {
        UserStore store = storeWith(ContractUsers.stored("1", "ann", "old"), ContractUsers.stored("2", "bob", "old"));

        assertThat(store.replacePasswordHash("1", "old", "new")).isTrue();

        assertThat(store.findById("1")).map(StoredUser::passwordHash).contains("new");
        assertThat(store.findByUsername("ann")).map(StoredUser::passwordHash).contains("new");
        assertThat(store.findById("2")).map(StoredUser::passwordHash).contains("old");
    }

    /** A hash that is another one by now stays. */
    @Test
    default void leaves_an_unexpected_hash() {
        UserStore store = storeWith(ContractUsers.stored("1", "ann", "changed"));

        assertThat(store.replacePasswordHash("1", "old", "new")).isFalse();
        assertThat(store.replacePasswordHash("1", "", "new")).isFalse();
        assertThat(store.replacePasswordHash("1", "CHANGED", "new")).isFalse();

        assertThat(store.findById("1")).map(StoredUser::passwordHash).contains("changed");
    }

    /** For an unknown id nothing is replaced and no user is created. */
    @Test
    default void replaces_nothing_for_an_unknown_user() {
        UserStore store = storeWith(ContractUsers.stored("1", "ann", "old"));

        assertThat(store.replacePasswordHash("2", "old", "new")).isFalse();
        assertThat(store.replacePasswordHash("ann", "old", "new")).isFalse();

        assertThat(store.findById("2")).isEmpty();
        assertThat(store.findById("1")).map(StoredUser::passwordHash).contains("old");
    }

    /** A removed user is absent for every method, and no other user is affected; a store may not support it. */
    @Test
    default void removes_a_user_or_refuses_to() {
        UserStore store = storeWith(ContractUsers.stored("1", "ann", "old"), ContractUsers.stored("2", "bob", "old"));

        try {
            store.remove("1");
            store.remove("1");
            store.remove("unknown");
        } catch (UnsupportedOperationException e) {
            assertThat(store.findById("1")).isPresent();
            return;
        }

        assertThat(store.findById("1")).isEmpty();
        assertThat(store.findByUsername("ann")).isEmpty();
        assertThat(store.replacePasswordHash("1", "old", "new")).isFalse();
        assertThat(store.findById("2")).map(StoredUser::passwordHash).contains("old");
    }

    /**
     * Of fifty parallel callers who replace the same hash one succeeds, and the hash is that caller's.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void replaces_a_hash_for_one_of_fifty_callers() throws Exception {
        UserStore store = storeWith(ContractUsers.stored("1", "ann", "old"));
        List<Callable<Boolean>> racers = IntStream.range(0, 50)
                .mapToObj(i -> (Callable<Boolean>) () -> store.replacePasswordHash("1", "old", "new" + i))
                .toList();

        List<Boolean> won = Race.run(racers);

        assertThat(won).containsOnlyOnce(true);
        assertThat(store.findById("1")).map(StoredUser::passwordHash).contains("new" + won.indexOf(true));
    }
}
