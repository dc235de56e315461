package io.postern.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passwords that a hasher cannot process, as an adapter of Spring Security's bcrypt refuses more than 72 bytes. */
class UnsuitablePasswordTest {

    private static final String LONG = "x".repeat(73);

    private final AtomicInteger work = new AtomicInteger();
    private final PasswordHasher bcrypt = new Bcrypt(new FakeHasher("bcrypt", 10, work));
    private final InMemoryUserStore users = new InMemoryUserStore();

    @ParameterizedTest
    @CsvSource({
        "ann, wrong_password",
        "inactive, wrong_password",
        "unknown, unknown_user",
        "without, no_usable_password"
    })
    void alone_the_hasher_makes_it_a_wrong_password(String name, String reason) {
        assertRefused(bcrypt, name, reason);
    }

    @ParameterizedTest
    @CsvSource({
        "ann, wrong_password",
        "inactive, wrong_password",
        "new, wrong_password",
        "unknown, unknown_user",
        "without, no_usable_password"
    })
    void beside_another_hasher_it_is_a_wrong_password_at_the_price_of_the_other(String name, String reason) {
        PasswordHasher preferring =
                PasswordHasher.preferring(new FakeHasher("fake", 5, work), bcrypt, new FakeHasher("third", 3, work));

        assertThat(assertRefused(preferring, name, reason)).isEqualTo(8);
    }

    private int assertRefused(PasswordHasher hasher, String name, String reason) {
        users.add(UserRecord.of("1", "ann"), "bcrypt:10:right");
        users.add(UserRecord.builder("2", "inactive").active(false).build(), "bcrypt:10:right");
        users.add(UserRecord.of("3", "new"), "fake:5:right");
        users.add(UserRecord.of("4", "without"), "");
        PasswordLogin login = PasswordLogin.builder(users).hasher(hasher).build();
        work.set(0);

        assertThat(login.check(name, Password.of(LONG))).isEqualTo(new PasswordLogin.Result.Refused(reason));
        return work.get();
    }

    private record Bcrypt(PasswordHasher hasher) implements PasswordHasher {

        @Override
        public String hash(Password password) {
            return hasher.hash(checked(password));
        }

        @Override
        public boolean verify(Password password, String stored) {
            return hasher.verify(checked(password), stored);
        }

        @Override
        public boolean recognises(String stored) {
            return hasher.recognises(stored);
        }

        @Override
        public boolean needsRehash(String stored) {
            return hasher.needsRehash(stored);
        }

        private static Password checked(Password password) {
            if (password.lengthInBytes() > 72) {
                throw new IllegalArgumentException("password cannot be more than 72 bytes");
            }
            return password;
        }
    }
}
