package io.postern.conformance;

import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.session.CookieAttributes;
import io.postern.auth.session.CookieAttributes.Secure;
import io.postern.auth.session.SessionSettings;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.token.TokenValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** The Postern of a profile, and what the hooks need of it. */
final class Application {

    /** The same on every server, so that a login at any of them returns the same token; it protects nothing. */
    private static final byte[] TOKEN_KEY = "conformance-token-key-0123456789".getBytes(StandardCharsets.US_ASCII);

    private final SettableClock throttleClock = SettableClock.at(Instant.now());
    private final Postern postern;
    private final People people;

    Application(Profile profile, Storage storage) {
        PosternBuilder builder = Postern.builder()
                .users(storage.accounts().store())
                .passwords(login -> login.hasher(People.HASHER))
                .tokens(
                        new ClearTokens(storage.tokens()),
                        tokens -> tokens.format(TokenValue.Format.drf()).repeatable(TOKEN_KEY))
                .jwt(profile.keys(), profile::jwt)
                .refreshTokens(profile::refresh)
                .proxies(profile.proxies().withSecureHeader("X-Forwarded-Proto", "https"));
        if (profile.keepsFamilies()) {
            builder.refreshTokens(storage.families());
        }
        if (profile.revokesAccess()) {
            builder.revocations(storage.revocations());
        }
        storage.sessions().ifPresent(store -> builder.sessions(store, Application::plainCookie));
        Policies.describe(builder, storage.counters(), throttleClock);
        this.postern = builder.build();
        this.people = new People(storage, postern);
        people.ensure();
    }

    Postern postern() {
        return postern;
    }

    People people() {
        return people;
    }

    SettableClock throttleClock() {
        return throttleClock;
    }

    /** Two days later every throttle's history is empty. */
    void reset() {
        people.reset();
        throttleClock.advance(Duration.ofDays(2));
    }

    /** The scenarios know the session cookie by Django's name, over plain HTTP. */
    private static SessionSettings plainCookie(SessionSettings settings) {
        return settings.withCookie("sessionid", CookieAttributes.credential().withSecure(Secure.WHEN_REQUEST_IS));
    }
}
