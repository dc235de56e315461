package io.postern.benchmarks;

import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.util.List;

/** Whether the duration of a refused login discloses the reason, compared with a wrong password of an active user. */
final class LoginBenchmark {

    private static final PasswordHasher HASHER = PasswordHasher.pbkdf2(20_000);

    private final PasswordLogin login;

    LoginBenchmark() {
        InMemoryUserStore users = new InMemoryUserStore();
        String hash = HASHER.hash(Password.of("right"));
        users.add(UserRecord.of("1", "active"), hash);
        users.add(UserRecord.builder("2", "inactive").active(false).build(), hash);
        users.add(UserRecord.of("3", "passwordless"), "");
        this.login = PasswordLogin.builder(users)
                .hasher(HASHER)
                .listener(event -> {})
                .build();
    }

    List<String> run() throws Exception {
        return List.of(
                compare("unknown user", "unknown", "wrong"),
                compare("inactive user, right password", "inactive", "right"),
                compare("user without a password", "passwordless", "wrong"));
    }

    private String compare(String name, String username, String password) throws Exception {
        return Paired.compare(name, () -> refuse("active", "wrong"), () -> refuse(username, password));
    }

    private void refuse(String username, String password) {
        if (login.check(username, Password.of(password)) instanceof PasswordLogin.Result.Success) {
            throw new IllegalStateException("a wrong login succeeded");
        }
    }
}
