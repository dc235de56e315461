package io.postern.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.onetime.OneTimeStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Verifies the rules of {@link OneTimeStore}.
 *
 * <p>Implement this in a test class and return a store. Users and digests are unique to each test, so that other rows may
 * exist beside them; only the tests of {@link OneTimeStore#deleteExpired} require that no other expired rows exist.
 *
 * <pre>{@code
 * class MyOneTimeStoreTest implements OneTimeStoreContract {
 *     public OneTimeStore oneTimeStore() { return new MyOneTimeStore(emptyDatabase()); }
 * }
 * }</pre>
 */
public interface OneTimeStoreContract {

    /** The purpose of the secrets in these tests. */
    String PURPOSE = "contract-test";

    /**
     * Returns the store under test.
     *
     * @return a store, fresh for each test
     */
    OneTimeStore oneTimeStore();

    /**
     * Returns whether {@link OneTimeStore#deleteExpired} deletes rows, or rows expire by themselves.
     *
     * @return true by default
     */
    default boolean deletesExpired() {
        return true;
    }

    /** A secret is found with all that was stored, as often as it is asked for. */
    @Test
    default void finds_a_secret_with_all_that_was_stored() {
        OneTimeStore store = oneTimeStore();
        Instant now = ContractToken.now();
        OneTimeSecret full = new OneTimeSecret(
                ContractToken.hex() + ContractToken.hex(),
                PURPOSE,
                ContractToken.unique(),
                "b".repeat(500) + "J\u00fcrgen \uD83D\uDC34",
                "{\"a\":\"'\\\"\u2028\"}" + "p".repeat(8_000),
                now.plusSeconds(600).plusNanos(123_456_000),
                5);
        OneTimeSecret bare = new OneTimeSecret(
                ContractToken.hex() + ContractToken.hex(), "contract-other", null, "", "", now.plusSeconds(600), 0);
        store.add(full, now);
        store.add(bare, now);

        for (int i = 0; i < 3; i++) {
            assertThat(store.find(full.digest(), PURPOSE, now)).contains(full);
            assertThat(store.find(bare.digest(), "contract-other", now)).contains(bare);
        }
    }

    /** An absent secret is absent for every method, whatever the digest, purpose or user. */
    @Test
    default void returns_empty_for_what_does_not_exist() {
        OneTimeStore store = oneTimeStore();
        Instant now = ContractToken.now();
        OneTimeSecret secret = of(ContractToken.unique(), now);
        store.add(secret, now);

        for (String digest : List.of("", " ", "%", "*", "' OR '1'='1", "\u0000", "x".repeat(10_000))) {
            assertAbsent(store, digest, PURPOSE, now);
        }
        assertAbsent(store, secret.digest().toUpperCase(Locale.ROOT), PURPOSE, now);
        for (String purpose :
                List.of("", "contract", "Contract-test", "contract-test ", "\u0000", "x".repeat(10_000))) {
            assertAbsent(store, secret.digest(), purpose, now);
            assertThat(store.removeAll(owner(secret), purpose)).as(purpose).isZero();
        }
        for (String user : List.of("", " ", "%", "null", "\u0000", "x".repeat(10_000), ContractToken.unique())) {
            assertThat(store.removeAll(user)).as(user).isZero();
            assertThat(store.removeAll(user, PURPOSE)).as(user).isZero();
        }
        assertThat(store.find(secret.digest(), PURPOSE, now)).contains(secret);
    }

    /** An existing digest is refused, and the first secret stays. */
    @Test
    default void overwrites_nothing() {
        OneTimeStore store = oneTimeStore();
        Instant now = ContractToken.now();
        OneTimeSecret first = of(ContractToken.unique(), now);
        store.add(first, now);

        assertThatIllegalStateException().isThrownBy(() -> store.add(first, now));
        assertThatIllegalStateException()
                .isThrownBy(() -> store.add(
                        new OneTimeSecret(
                                first.digest(),
                                "contract-other",
                                null,
                                "",
                                "",
                                first.expires().plusSeconds(1),
                                9),
                        now));

        assertThat(store.find(first.digest(), PURPOSE, now)).contains(first);
        assertThat(store.find(first.digest(), "contract-other", now)).isEmpty();
    }

    /** A secret is consumed once and absent afterwards; its digest can be used again. */
    @Test
    default void consumes_a_secret_once() {
        OneTimeStore store = oneTimeStore();
        Instant now = ContractToken.now();
        OneTimeSecret secret = of(ContractToken.unique(), now);
        OneTimeSecret other = of(owner(secret), now);
        store.add(secret, now);
        store.add(other, now);

        assertThat(store.consume(secret.digest(), "contract-other", now)).isEmpty();
        assertThat(store.consume(secret.digest(), PURPOSE, now)).contains(secret);
        assertAbsent(store, secret.digest(), PURPOSE, now);
        assertThat(store.find(other.digest(), PURPOSE, now)).contains(other);

        store.add(secret, now);
        assertThat(store.consume(secret.digest(), PURPOSE, now)).contains(secret);
    }

    /** A secret is absent for every method from the instant of its expiry. */
    @Test
    default void treats_an_expired_secret_as_absent() {
        OneTimeStore store = oneTimeStore();
        Instant now = ContractToken.now();
        OneTimeSecret secret = of(ContractToken.unique(), now);
        store.add(secret, now);

        assertAbsent(store, secret.digest(), PURPOSE, secret.expires().plusSeconds(1));
        assertAbsent(store, secret.digest(), PURPOSE, secret.expires());

        OneTimeSecret second = of(ContractToken.unique(), now);
        store.add(second, now);
        Instant last = second.expires().minusMillis(1);
        assertThat(store.find(second.digest(), PURPOSE, last)).contains(second);
        assertThat(store.attempt(second.digest(), PURPOSE, last)).contains(second.withAttemptsLeft(2));
        assertThat(store.consume(second.digest(), PURPOSE, last)).contains(second.withAttemptsLeft(2));
    }

    /** Each attempt counts; after the last one the secret can still be found and consumed. */
    @Test
    default void counts_attempts() {
        OneTimeStore store = oneTimeStore();
        Instant now = ContractToken.now();
        OneTimeSecret secret = of(ContractToken.unique(), now);
        OneTimeSecret other = of(owner(secret), now);
        store.add(secret, now);
        store.add(other, now);

        assertThat(store.attempt(secret.digest(), "contract-other", now)).isEmpty();
        assertThat(store.attempt(secret.digest(), PURPOSE, now)).contains(secret.withAttemptsLeft(2));
        assertThat(store.find(secret.digest(), PURPOSE, now)).contains(secret.withAttemptsLeft(2));
        assertThat(store.attempt(secret.digest(), PURPOSE, now)).contains(secret.withAttemptsLeft(1));
        assertThat(store.attempt(secret.digest(), PURPOSE, now)).contains(secret.withAttemptsLeft(0));
        assertThat(store.attempt(secret.digest(), PURPOSE, now)).isEmpty();
        assertThat(store.attempt(secret.digest(), PURPOSE, now)).isEmpty();

        assertThat(store.find(secret.digest(), PURPOSE, now)).contains(secret.withAttemptsLeft(0));
        assertThat(store.find(other.digest(), PURPOSE, now)).contains(other);
        assertThat(store.consume(secret.digest(), PURPOSE, now)).contains(secret.withAttemptsLeft(0));
        assertThat(store.attempt(secret.digest(), PURPOSE, now)).isEmpty();
    }

    /** The secrets of one user are removed, those of other users and of unknown users stay. */
    @Test
    default void removes_the_secrets_of_one_user() {
        OneTimeStore store = oneTimeStore();
        Instant now = ContractToken.now();
        String user = ContractToken.unique();
        OneTimeSecret bystander = of(user + "0", now);
        OneTimeSecret ofUnknownUser = of(null, now);
        OneTimeSecret otherPurpose = new OneTimeSecret(
                ContractToken.hex() + ContractToken.hex(), "contract-other", user, "", "", now.plusSeconds(600), 1);
        List<OneTimeSecret> owned =
                IntStream.range(0, 5).mapToObj(i -> of(user, now)).toList();
        owned.forEach(secret -> store.add(secret, now));
        List.of(bystander, ofUnknownUser, otherPurpose).forEach(secret -> store.add(secret, now));

        assertThat(store.removeAll(user, PURPOSE)).isEqualTo(5);
        assertThat(store.removeAll(user, PURPOSE)).isZero();
        assertThat(owned).allSatisfy(secret -> assertAbsent(store, secret.digest(), PURPOSE, now));
        assertThat(store.find(otherPurpose.digest(), "contract-other", now)).contains(otherPurpose);
        store.add(owned.get(0), now);
        assertThat(store.removeAll(user)).isEqualTo(2);
        assertThat(store.removeAll(user)).isZero();

        assertAbsent(store, otherPurpose.digest(), "contract-other", now);
        assertThat(store.find(bystander.digest(), PURPOSE, now)).contains(bystander);
        assertThat(store.find(ofUnknownUser.digest(), PURPOSE, now)).contains(ofUnknownUser);
    }

    /** Case, spaces and Unicode forms count in the ids of users. */
    @Test
    default void compares_owners_exactly() {
        OneTimeStore store = oneTimeStore();
        Instant now = ContractToken.now();
        String user = ContractToken.unique() + "j\u00fc";
        OneTimeSecret secret = of(user, now);
        store.add(secret, now);

        for (String twin : List.of(
                user.toUpperCase(Locale.ROOT),
                " " + user,
                user + " ",
                user + "\u0000",
                user.replace("\u00fc", "u\u0308"))) {
            assertThat(store.removeAll(twin)).as(twin).isZero();
            assertThat(store.removeAll(twin, PURPOSE)).as(twin).isZero();
        }

        assertThat(store.find(secret.digest(), PURPOSE, now)).contains(secret);
        assertThat(store.removeAll(user)).isEqualTo(1);
    }

    /**
     * Of a hundred parallel callers one consumes the secret.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void one_of_a_hundred_parallel_callers_consumes_a_secret() throws Exception {
        OneTimeStore store = oneTimeStore();
        Instant now = ContractToken.now();
        OneTimeSecret secret = of(ContractToken.unique(), now);
        store.add(secret, now);
        Callable<Optional<OneTimeSecret>> consumer = () -> store.consume(secret.digest(), PURPOSE, now);

        List<Optional<OneTimeSecret>> results = Race.run(Collections.nCopies(100, consumer));
        assertThat(results).containsOnlyOnce(Optional.of(secret));
        assertThat(results.stream().filter(Optional::isEmpty)).hasSize(99);
    }

    /**
     * Of a hundred parallel attempts no more succeed than the secret has left.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void parallel_attempts_get_no_more_than_are_left() throws Exception {
        OneTimeStore store = oneTimeStore();
        Instant now = ContractToken.now();
        OneTimeSecret secret = of(ContractToken.unique(), now).withAttemptsLeft(10);
        store.add(secret, now);
        Callable<Boolean> guess =
                () -> store.attempt(secret.digest(), PURPOSE, now).isPresent();

        assertThat(Race.run(Collections.nCopies(100, guess)).stream().filter(counted -> counted))
                .hasSize(10);
        assertThat(store.find(secret.digest(), PURPOSE, now)).contains(secret.withAttemptsLeft(0));
    }

    /**
     * Attempts in parallel to the consumption do not bring a secret back.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void attempts_do_not_bring_a_consumed_secret_back() throws Exception {
        OneTimeStore store = oneTimeStore();
        Instant now = ContractToken.now();
        OneTimeSecret secret = of(ContractToken.unique(), now).withAttemptsLeft(1_000);
        store.add(secret, now);
        List<Callable<Boolean>> all = new ArrayList<>(Collections.nCopies(30, () -> {
            store.attempt(secret.digest(), PURPOSE, now);
            return false;
        }));
        all.add(() -> store.consume(secret.digest(), PURPOSE, now).isPresent());

        assertThat(Race.run(all)).containsOnlyOnce(true);
        assertAbsent(store, secret.digest(), PURPOSE, now);
    }

    /**
     * Of a hundred parallel callers one adds a secret of the same digest.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void one_of_a_hundred_parallel_callers_adds_a_digest() throws Exception {
        OneTimeStore store = oneTimeStore();
        Instant now = ContractToken.now();
        OneTimeSecret secret = of(ContractToken.unique(), now);
        Callable<Boolean> adder = () -> {
            try {
                store.add(secret, now);
                return true;
            } catch (IllegalStateException exists) {
                return false;
            }
        };

        assertThat(Race.run(Collections.nCopies(100, adder))).containsOnlyOnce(true);
        assertThat(store.consume(secret.digest(), PURPOSE, now)).contains(secret);
        assertAbsent(store, secret.digest(), PURPOSE, now);
    }

    /** Secrets that expire at this instant are deleted, others are not; the limit is respected. */
    @Test
    default void deletes_expired_secrets_in_batches() {
        OneTimeStore store = oneTimeStore();
        Instant now = ContractToken.now();
        String user = ContractToken.unique();
        Instant end = now.plusSeconds(300);
        List<OneTimeSecret> expiring =
                IntStream.range(0, 7).mapToObj(i -> expiring(user, end)).toList();
        OneTimeSecret later = expiring(user, end.plusSeconds(1));
        expiring.forEach(secret -> store.add(secret, now));
        store.add(later, now);

        assertThat(store.deleteExpired(end.minusSeconds(1), 100)).isZero();
        if (deletesExpired()) {
            assertThat(store.deleteExpired(end, 3)).isEqualTo(3);
            assertThat(store.deleteExpired(end, 3)).isEqualTo(3);
            assertThat(store.deleteExpired(end, 3)).isEqualTo(1);
            assertThat(store.removeAll(user)).isEqualTo(1);
        } else {
            assertThat(store.deleteExpired(end, 3)).isZero();
            assertThat(store.find(later.digest(), PURPOSE, end)).contains(later);
        }
    }

    /**
     * Parallel deletions together delete each expired secret once.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void counts_each_secret_once_in_parallel_deletions() throws Exception {
        OneTimeStore store = oneTimeStore();
        Instant end = ContractToken.now().plusSeconds(300);
        String user = ContractToken.unique();
        IntStream.range(0, 200).forEach(i -> store.add(expiring(user, end), end));
        Callable<Integer> deletion = () -> store.deleteExpired(end, 1_000);

        assertThat(Race.run(Collections.nCopies(10, deletion)).stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(deletesExpired() ? 200 : 0);
    }

    private static OneTimeSecret of(@Nullable String userId, Instant now) {
        return new OneTimeSecret(
                ContractToken.hex() + ContractToken.hex(),
                PURPOSE,
                userId,
                "stamp",
                "payload",
                now.plusSeconds(600),
                3);
    }

    private static OneTimeSecret expiring(String userId, Instant end) {
        return new OneTimeSecret(ContractToken.hex() + ContractToken.hex(), PURPOSE, userId, "", "", end, 1);
    }

    private static String owner(OneTimeSecret secret) {
        return Optional.ofNullable(secret.userId()).orElseThrow();
    }

    private static void assertAbsent(OneTimeStore store, String digest, String purpose, Instant now) {
        assertThat(store.find(digest, purpose, now)).as("find").isEmpty();
        assertThat(store.attempt(digest, purpose, now)).as("attempt").isEmpty();
        assertThat(store.consume(digest, purpose, now)).as("consume").isEmpty();
    }
}
