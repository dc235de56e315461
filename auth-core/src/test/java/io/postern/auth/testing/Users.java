package io.postern.auth.testing;

import io.postern.auth.StoreException;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.UserStore;
import java.util.Optional;

/** Ann, who is active, and Ida, who is not; both have the password {@code pa ss}. */
public final class Users {

    public static final UserRecord ANN = UserRecord.of("1", "ann");
    public static final UserRecord IDA =
            UserRecord.builder("2", "ida").active(false).build();
    public static final String PASSWORD = "pa ss";
    public static final PasswordHasher HASHER = PasswordHasher.pbkdf2(1_000);

    private Users() {}

    public static InMemoryUserStore store() {
        InMemoryUserStore users = new InMemoryUserStore();
        users.add(ANN, HASHER.hash(Password.of(PASSWORD)));
        users.add(IDA, HASHER.hash(Password.of(PASSWORD)));
        return users;
    }

    /** A store that cannot answer. */
    public static UserStore broken() {
        return new UserStore() {
            @Override
            public Optional<StoredUser> findByUsername(String username) {
                throw new StoreException("users are down");
            }

            @Override
            public Optional<StoredUser> findById(String id) {
                throw new StoreException("users are down");
            }

            @Override
            public boolean replacePasswordHash(String userId, String expected, String replacement) {
                throw new StoreException("users are down");
            }
        };
    }
}
