package io.postern.conformance;

import static io.postern.StandardAuthenticators.jwt;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.refresh.RefreshSettings;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** What the nodes of an application have in common: stores and the time, which a test moves. */
final class SharedState {

    static final String PASSWORD = "correct horse";

    private static final PasswordHasher HASHER = PasswordHasher.pbkdf2(1_000);

    private final InMemoryUserStore users = new InMemoryUserStore();
    private final InMemoryStores stores = new InMemoryStores();
    private final SettableClock clock = SettableClock.at(Instant.parse("2030-01-01T00:00:00Z"));

    SharedState() {
        users.add(UserRecord.of("1", "ann"), HASHER.hash(Password.of(PASSWORD)));
    }

    Instant now() {
        return clock.instant();
    }

    /** Moves the clock of all nodes. */
    void advance(Duration step) {
        clock.advance(step);
    }

    Node start(KeyRing keys, UnaryOperator<RefreshSettings> refresh) throws Exception {
        return start(keys, jwt -> jwt, refresh);
    }

    Node start(KeyRing keys, UnaryOperator<JwtSettings.Builder> tokens, UnaryOperator<RefreshSettings> refresh)
            throws Exception {
        return Node.start(Postern.builder()
                .users(users)
                .passwords(login -> login.hasher(HASHER))
                .jwt(keys, tokens)
                .refreshTokens(stores.refreshTokens(), refresh)
                .revocations(stores.revocations())
                .withoutListeners()
                .clock(clock)
                .authenticators(jwt())
                .permissions(isAuthenticated())
                .build());
    }
}
