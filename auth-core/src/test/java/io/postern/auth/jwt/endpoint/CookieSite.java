package io.postern.auth.jwt.endpoint;

import static io.postern.StandardAuthenticators.jwt;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authentication;
import io.postern.auth.Verdict;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtCookies;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.memory.InMemoryRefreshTokenStore;
import io.postern.auth.memory.InMemoryRevocationStore;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.testing.Events;
import io.postern.auth.testing.Site;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A site whose tokens travel in cookies, and a browser that keeps them. */
final class CookieSite {

    static final String REFRESH = "__Secure-refresh";
    static final String ACCESS = "__Host-access";
    static final String LOGIN = "{\"username\":\"ann\",\"password\":\"pa ss\"}";

    final SettableClock clock = SettableClock.at(Instant.ofEpochSecond(1_800_000_000L));
    final Events events = new Events();
    final Map<String, String> jar = new LinkedHashMap<>();
    final Postern postern;
    final JwtTokens logins;

    CookieSite() {
        this(JwtCookies.under("/auth/jwt/"));
    }

    CookieSite(JwtCookies cookies) {
        postern = Postern.builder()
                .users(Users.store())
                .passwords(login -> login.hasher(Users.HASHER))
                .jwt(KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32])))
                .refreshTokens(
                        new InMemoryRefreshTokenStore(),
                        refresh -> refresh.withMode(RotationMode.ROTATE).withReuseGracePeriod(Duration.ofSeconds(5)))
                .revocations(new InMemoryRevocationStore())
                .jwtCookies(cookies)
                .clock(clock)
                .listeners(events)
                .authenticators(jwt())
                .permissions(isAuthenticated())
                .build();
        logins = postern.jwt();
    }

    /** As a page of ours does it: with all cookies, the proof and its origin. */
    AuthResponse fromPage(String path, String body) {
        return send(withJar(post()).header("X-CSRFToken", jar.getOrDefault("csrftoken", "")), path, body);
    }

    FakeRequest post() {
        return from(FakeRequest.post()).header("Content-Type", "application/json");
    }

    FakeRequest withJar(FakeRequest request) {
        jar.forEach(request::cookie);
        return request;
    }

    AuthResponse send(FakeRequest request, String path, String body) {
        AuthResponse response = postern.guard()
                .endpoint(request, path, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
        Site.header(response, "Set-Cookie").forEach(this::keep);
        return response;
    }

    /** Who the cookies say the browser is, when it reads a page. */
    Optional<String> reader() {
        Verdict verdict = postern.gate().check(withJar(FakeRequest.get().overTls()), postern.defaultPolicy());
        return verdict instanceof Verdict.Granted granted ? name(granted.authentication()) : Optional.empty();
    }

    void logIn() {
        fromPage("/jwt/create/", LOGIN);
    }

    private static Optional<String> name(Authentication who) {
        return Optional.of(who.user().username());
    }

    private static FakeRequest from(FakeRequest request) {
        return request.overTls().header("Host", "app.example.com").header("Origin", "https://app.example.com");
    }

    private void keep(String header) {
        String[] pair = header.split(";", 2)[0].split("=", 2);
        if (header.contains("Max-Age=0")) {
            jar.remove(pair[0]);
        } else {
            jar.put(pair[0], pair[1]);
        }
    }
}
