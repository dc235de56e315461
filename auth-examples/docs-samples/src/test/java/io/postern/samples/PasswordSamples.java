package io.postern.samples;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.password.PasswordHasher.argon2id;
import static io.postern.auth.password.PasswordHasher.pbkdf2;
import static io.postern.auth.password.PasswordHasher.preferring;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserStore;

/** The samples of {@code passwords.md}. */
final class PasswordSamples {

    private PasswordSamples() {}

    static Postern hashed(UserStore users) {
        // sample: hashers
        PasswordHasher hasher = preferring(argon2id(), pbkdf2());
        Postern postern = Postern.builder()
                .users(users)
                .passwords(login -> login.hasher(hasher).concurrentHashes(4))
                .authenticators(basic())
                .permissions(isAuthenticated())
                .build();
        // end
        return postern;
    }

    static String check(Postern postern, String username, String typed) {
        // sample: check
        PasswordLogin.Result result = postern.passwords().check(username, Password.of(typed));
        if (result instanceof PasswordLogin.Result.Success success) {
            return "hello " + success.account().user().username();
        }
        // end
        return "no";
    }

    static void change(InMemoryUserStore users, Postern postern, PasswordHasher hasher, String userId, String typed) {
        // sample: change
        users.setPasswordHash(userId, hasher.hash(Password.of(typed)));
        postern.tokens().revokeAll(userId);
        // end
    }
}
