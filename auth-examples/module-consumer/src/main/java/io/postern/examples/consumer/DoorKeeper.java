package io.postern.examples.consumer;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.auth.AuthRequest;
import io.postern.auth.Verdict;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHashers;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;

/** Lets one user in by name and password. Safe for use by several threads. */
final class DoorKeeper {

    private final Postern postern;

    DoorKeeper(String username, String password) {
        InMemoryUserStore users = new InMemoryUserStore();
        users.add(UserRecord.of("1", username), PasswordHashers.pbkdf2().hash(Password.of(password)));
        postern = Postern.builder()
                .users(users)
                .authenticators(basic())
                .permission(isAuthenticated())
                .build();
    }

    Verdict decide(AuthRequest request) {
        return postern.gate().check(request, postern.policyFor(request));
    }

    AuthFilter filter() {
        return new AuthFilter(postern);
    }
}
