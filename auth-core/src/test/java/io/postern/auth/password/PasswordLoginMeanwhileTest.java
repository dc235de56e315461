package io.postern.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.UserStore;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens between a password that is typed and the account that is told. */
class PasswordLoginMeanwhileTest {

    private static final Password RIGHT = Password.of("right");

    private final InMemoryUserStore users = new InMemoryUserStore();
    private final List<Runnable> whileHashing = new ArrayList<>();
    private final PasswordHasher hasher = new Nesting(new FakeHasher("fake", 10, new AtomicInteger()), whileHashing);

    @Test
    void a_password_that_changes_while_its_hash_is_renewed_tells_the_account_that_was_checked() {
        users.add(UserRecord.of("1", "ann"), "fake:3:right");
        StoredUser checked = users.findById("1").orElseThrow();
        PasswordLogin login = PasswordLogin.builder(new ChangesAfterRenewal(users))
                .hasher(hasher)
                .listener(event -> {})
                .build();

        assertThat(login.check("ann", RIGHT)).isEqualTo(new PasswordLogin.Result.Success(checked));
    }

    @ParameterizedTest
    @CsvSource({"fake:10:right, true", "fake:10:another, false"})
    void of_two_logins_that_renew_a_hash_the_later_is_of_the_password_too(String meanwhile, boolean current) {
        users.add(UserRecord.of("1", "ann"), "fake:3:right");
        PasswordLogin login = PasswordLogin.builder(users)
                .hasher(hasher)
                .listener(event -> {})
                .build();
        whileHashing.add(() -> users.setPasswordHash("1", meanwhile));

        PasswordLogin.Result.Success result = (PasswordLogin.Result.Success) login.check("ann", RIGHT);

        assertThat(result.account()
                        .securityStamp()
                        .equals(users.findById("1").orElseThrow().securityStamp()))
                .isEqualTo(current);
    }

    @Test
    void a_hash_is_renewed_within_the_bound_on_parallel_hashing() {
        users.add(UserRecord.of("1", "ann"), "fake:3:right");
        List<PasswordLogin.Result> meanwhile = new ArrayList<>();
        PasswordLogin login = PasswordLogin.builder(users)
                .hasher(hasher)
                .listener(event -> {})
                .concurrentHashes(1)
                .maxWait(Duration.ZERO)
                .build();
        whileHashing.add(() -> meanwhile.add(login.check("bob", RIGHT)));

        assertThat(login.check("ann", RIGHT)).isInstanceOf(PasswordLogin.Result.Success.class);
        assertThat(meanwhile).singleElement().isInstanceOf(PasswordLogin.Result.Busy.class);
    }

    @Test
    void a_password_is_measured_as_it_was_typed() {
        PasswordLogin login = PasswordLogin.builder(users)
                .hasher(hasher)
                .maxPassword(10, 100)
                .normalise(Normalizer.Form.NFC)
                .build();

        assertThat(login.check("ann", Password.of("a\u0308".repeat(6))))
                .isEqualTo(new PasswordLogin.Result.Refused("password_too_long"));
        assertThat(login.check("ann", Password.of("a\u0308".repeat(5))))
                .isEqualTo(new PasswordLogin.Result.Refused("unknown_user"));
    }

    /** Lets something else happen while it hashes. */
    private record Nesting(PasswordHasher hasher, List<Runnable> whileHashing) implements PasswordHasher {

        @Override
        public String hash(Password password) {
            whileHashing.forEach(Runnable::run);
            return hasher.hash(password);
        }

        @Override
        public boolean verify(Password password, String stored) {
            return hasher.verify(password, stored);
        }

        @Override
        public boolean recognises(String stored) {
            return hasher.recognises(stored);
        }

        @Override
        public boolean needsRehash(String stored) {
            return hasher.needsRehash(stored);
        }
    }

    /** Somebody sets another password right after the hash of the old one was renewed. */
    private record ChangesAfterRenewal(InMemoryUserStore users) implements UserStore {

        @Override
        public Optional<StoredUser> findByUsername(String username) {
            return users.findByUsername(username);
        }

        @Override
        public Optional<StoredUser> findById(String id) {
            return users.findById(id);
        }

        @Override
        public boolean replacePasswordHash(String userId, String expected, String replacement) {
            boolean replaced = users.replacePasswordHash(userId, expected, replacement);
            users.setPasswordHash(userId, "fake:10:another");
            return replaced;
        }
    }
}
