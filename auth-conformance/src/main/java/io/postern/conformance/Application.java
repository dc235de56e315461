package io.postern.conformance;

import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.jwt.JweTokenCipher;
import io.postern.auth.refresh.InMemoryRefreshTokenStore;
import io.postern.auth.token.InMemoryTokenStore;
import io.postern.auth.token.TokenFormat;
import io.postern.auth.user.InMemoryUserStore;
import java.security.SecureRandom;
import java.time.Duration;

/** The Postern of a profile, and what the hooks need of it. */
final class Application {

    private final ThrottleClock throttleClock = new ThrottleClock();
    private final Postern postern;
    private final People people;

    Application(Profile profile) {
        InMemoryUserStore users = new InMemoryUserStore();
        JweTokenCipher cipher = JweTokenCipher.of(randomKey());
        PosternBuilder builder = Postern.builder()
                .users(users)
                .passwords(login -> login.hasher(People.HASHER))
                .tokens(
                        new InMemoryTokenStore(),
                        tokens -> tokens.format(TokenFormat.drf()).repeatable(cipher))
                .jwt(profile.keys(), profile::jwt)
                .refreshing(profile::refresh)
                .proxies(profile.proxies().withSecureHeader("X-Forwarded-Proto", "https"));
        if (profile.keepsFamilies()) {
            builder.refreshTokens(new InMemoryRefreshTokenStore(), profile::refresh);
        }
        Places.describe(builder, throttleClock);
        this.postern = builder.build();
        this.people = new People(users, postern.tokens());
        people.reset();
    }

    Postern postern() {
        return postern;
    }

    People people() {
        return people;
    }

    ThrottleClock throttleClock() {
        return throttleClock;
    }

    /** Two days later every throttle's history is empty. */
    void reset() {
        people.reset();
        throttleClock.advance(Duration.ofDays(2));
    }

    private static byte[] randomKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
