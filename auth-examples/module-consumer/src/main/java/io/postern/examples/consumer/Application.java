package io.postern.examples.consumer;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.auth.AuthRequest;
import io.postern.auth.User;
import io.postern.auth.Verdict;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.user.Device;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;

/** Authenticates one user by HTTP Basic or by JWT. Safe for use by several threads. */
final class Application {

    private final Postern postern;
    private final User user;

    Application(String username, String password) {
        InMemoryUserStore users = new InMemoryUserStore();
        user = UserRecord.of("1", username);
        users.add(user, PasswordHasher.pbkdf2().hash(Password.of(password)));
        postern = Postern.builder()
                .users(users)
                .jwt(KeyRing.of(JwtKey.generate(JwtAlgorithm.HS256)))
                .authenticators(basic(), jwt())
                .permissions(isAuthenticated())
                .build();
    }

    Verdict decide(AuthRequest request) {
        return postern.gate().check(request, postern.policyFor(request));
    }

    String accessToken() {
        return postern.jwt().issue(user, Device.unknown()).access();
    }

    AuthFilter filter() {
        return new AuthFilter(postern);
    }
}
