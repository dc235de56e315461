package io.postern.samples;

import static io.postern.StandardAuthenticators.jwt;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.Stores;
import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.User;
import io.postern.auth.Verdict;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.jwt.JwtTokens.VerifyResult;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.user.Device;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserRecord;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the samples about logins by signed tokens. */
class LoginSamplesTest {

    private final InMemoryStores memory = new InMemoryStores();
    private final RefreshTokenStore families = memory.refreshTokens();
    private final RevocationStore revocations = memory.revocations();
    private static final byte[] KEY = "thirty-two-bytes-for-a-mere-test".getBytes(StandardCharsets.US_ASCII);

    private final InMemoryUserStore users = new InMemoryUserStore();
    private final KeyRing keys = KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, KEY));
    private final User ann = UserRecord.of("1", "ann");

    @BeforeEach
    void addUser() {
        users.add(ann, PasswordHasher.pbkdf2(1_000).hash(Password.of("looking-glass")));
    }

    @Test
    void refresh_tokens_are_replaced() {
        Postern postern = RefreshSamples.rotating(Stores.of(users, families), keys);
        TokenPair pair = logins(postern).issue(ann, Device.unknown());

        RefreshResult result = logins(postern).refresh(pair.refresh(), Device.unknown());

        assertThat(result).isInstanceOf(RefreshResult.Refreshed.class);
        assertThat(((RefreshResult.Refreshed) result).refresh())
                .hasValueSatisfying(text -> assertThat(text).isNotEqualTo(pair.refresh()));
        assertThat(logins(postern).verify(pair.refresh())).isEqualTo(new VerifyResult.Revoked());
    }

    @Test
    void claims_of_ones_own_are_in_access_tokens() {
        Postern postern = RefreshSamples.claims(builder(), keys, user -> "tenant of " + user.username())
                .build();
        TokenPair pair = logins(postern).issue(ann, Device.unknown());

        assertThat(credential(postern, pair.access()).text("tenant")).contains("tenant of ann");
    }

    @Test
    void unknown_tokens_are_refused() {
        TokenPair stranger = logins(builder().jwt(keys).build()).issue(ann, Device.unknown());
        Postern postern = RefreshSamples.careful(builder(), keys, families).build();

        assertThat(logins(postern).refresh(stranger.refresh(), Device.unknown()))
                .isEqualTo(new RefreshResult.Unknown());
    }

    @Test
    void devices_are_ended() {
        Postern postern = RefreshSamples.rotating(Stores.of(users, families), keys);

        TokenPair pair = RefreshSamples.devices(postern, ann, FakeRequest.get("/"));

        assertThat(logins(postern).families("1", Paging.first(1_000))).isEmpty();
        assertThat(logins(postern).verify(pair.refresh())).isEqualTo(new VerifyResult.Revoked());
    }

    @Test
    void sliding_tokens_have_endpoints() {
        assertThat(RefreshSamples.sliding(builder(), keys).build().endpoints().paths())
                .contains("/jwt/sliding/create/", "/jwt/sliding/refresh/");
    }

    @Test
    void timers_are_set() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
        try {
            RefreshSamples.deleteExpired(followed(), timer);
            KeySamples.watch(timer, keys);
            assertThat(timer.getQueue()).hasSize(2);
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    void access_tokens_are_revoked() {
        Postern postern = followed();
        TokenPair pair = logins(postern).issue(ann, Device.unknown());
        VerifiedJwt token = credential(postern, pair.access());

        RevocationSamples.revoke(postern, "1", token);

        assertThat(check(postern, pair.access())).isInstanceOf(Verdict.Denied.class);
    }

    @Test
    void a_new_password_ends_access_tokens() {
        Postern postern = followed();
        TokenPair pair = logins(postern).issue(ann, Device.unknown());
        assertThat(check(postern, pair.access())).isInstanceOf(Verdict.Granted.class);

        users.setPasswordHash("1", PasswordHasher.pbkdf2(1_000).hash(Password.of("rabbit-hole")));

        assertThat(check(postern, pair.access())).isInstanceOf(Verdict.Denied.class);
    }

    @Test
    void revocations_are_configured() {
        PosternBuilder strict = RevocationSamples.strict(builder(), keys, revocations);
        PosternBuilder shortened = RevocationSamples.shortened(builder(), keys, revocations);

        assertThat(strict.build().revocations()).isNotNull();
        assertThat(shortened.build().revocations().maxAccessLifetime()).hasHours(1);
    }

    @Test
    void tokens_travel_in_cookies() {
        Postern safe = CookieSamples.cookies(users, keys, families);
        Postern plain =
                CookieSamples.hostCsrf(CookieSamples.plain(builder(), keys)).build();

        assertThat(cookiesOf(login(safe)))
                .anyMatch(cookie -> cookie.startsWith("__Host-access=ey") && cookie.endsWith("; Secure; HttpOnly"))
                .anyMatch(cookie -> cookie.startsWith("__Secure-refresh=ey") && cookie.contains("; Path=/auth/jwt/;"))
                .anyMatch(cookie -> cookie.startsWith("csrftoken="));
        assertThat(cookiesOf(login(plain)))
                .anyMatch(cookie -> cookie.startsWith("access=ey") && !cookie.contains("Secure"))
                .anyMatch(cookie -> cookie.startsWith("__Host-csrftoken=") && cookie.endsWith("; Secure"));
    }

    @Test
    void tokens_are_encrypted() {
        Postern postern = CookieSamples.encrypted(builder(), keys, KEY).build();
        TokenPair pair = logins(postern).issue(ann, Device.unknown());

        assertThat(pair.access().split("\\.", -1)).hasSize(5);
        assertThat(check(postern, pair.access())).isInstanceOf(Verdict.Granted.class);
    }

    @Test
    void keys_are_rolled() throws Exception {
        JwtKey former = ec().withId("former");
        JwtKey next = ec().withId("next");
        KeyRing ring = KeySamples.rolled(former, next, JwtSettings.builder(keys).build());
        SettableClock clock = SettableClock.at(Instant.parse("2026-11-24T03:59:59Z"));
        Postern postern = builder().jwt(ring).clock(clock).build();
        TokenPair before = logins(postern).issue(ann, Device.unknown());
        clock.set(Instant.parse("2026-11-24T04:00:00Z"));
        TokenPair after = logins(postern).issue(ann, Device.unknown());

        assertThat(headerOf(before.access())).contains("\"kid\":\"former\"");
        assertThat(headerOf(after.access())).contains("\"kid\":\"next\"");
        assertThat(check(postern, before.access())).isInstanceOf(Verdict.Granted.class);
        assertThat(ring.jwks(clock.instant())).contains("former", "next");
        assertThat(ring.jwks(Instant.parse("2026-11-25T04:00:00Z"))).doesNotContain("former");
    }

    @Test
    void keys_come_from_files(@TempDir Path folder) throws Exception {
        Path set = folder.resolve("keys.json");
        Path signing = Files.writeString(folder.resolve("signing.pem"), pem(pair()));
        Path former = Files.writeString(folder.resolve("former.pem"), pem(pair()));
        Files.writeString(set, jwks("one"));
        KeyRing ring = KeySamples.reloading(set);
        Files.writeString(set, jwks("two"));
        assertThat(ring).hasToString("KeyRing[JwtKey[HS256 one]]");

        KeySamples.reload(ring);
        Files.writeString(set, "{");
        KeySamples.reload(ring);

        assertThat(ring).hasToString("KeyRing[JwtKey[HS256 two]]");
        assertThat(KeySamples.pem(signing, former).canSign()).isTrue();
    }

    @Test
    void published_keys_are_trusted() {
        assertThat(KeySamples.verifying(URI.create("https://issuer.example/auth/jwks/")))
                .isNotNull();
    }

    @Test
    void logins_are_throttled() {
        PosternBuilder builder = builder().jwt(keys);
        Postern postern = ThrottleSamples.endpoints(builder, new InMemoryStores().counters())
                .build();

        for (int i = 0; i < 20; i++) {
            assertThat(login(postern).status()).isEqualTo(200);
        }
        assertThat(login(postern).status()).isEqualTo(429);
    }

    private PosternBuilder builder() {
        return Postern.builder().users(users).authenticators(jwt()).permissions(isAuthenticated());
    }

    private static JwtTokens logins(Postern postern) {
        return postern.jwt();
    }

    private Postern followed() {
        return RevocationSamples.followed(users, keys, KEY, families, revocations);
    }

    private static Verdict check(Postern postern, String access) {
        AuthRequest request = FakeRequest.get("/").header("Authorization", "Bearer " + access);
        return postern.gate().check(request, postern.defaultPolicy());
    }

    private static VerifiedJwt credential(Postern postern, String access) {
        return ((Verdict.Granted) check(postern, access))
                .authentication()
                .credential(VerifiedJwt.class)
                .orElseThrow();
    }

    private static AuthResponse login(Postern postern) {
        byte[] body = "{\"username\":\"ann\",\"password\":\"looking-glass\"}".getBytes(StandardCharsets.UTF_8);
        AuthRequest request = FakeRequest.post("/auth/jwt/create/").header("Content-Type", "application/json");
        return postern.guard().endpoint(request, "/jwt/create/", new ByteArrayInputStream(body));
    }

    private static List<String> cookiesOf(AuthResponse response) {
        assertThat(response.status()).isEqualTo(200);
        return response.headers().get("Set-Cookie");
    }

    private static String headerOf(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), StandardCharsets.UTF_8);
    }

    private static KeyPair pair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static JwtKey ec() throws Exception {
        KeyPair pair = pair();
        return JwtKey.of(JwtAlgorithm.ES256, pair.getPublic(), pair.getPrivate());
    }

    private static String pem(KeyPair pair) {
        Base64.Encoder encoder = Base64.getMimeEncoder();
        return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                        .formatted(encoder.encodeToString(pair.getPrivate().getEncoded()))
                + "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                        .formatted(encoder.encodeToString(pair.getPublic().getEncoded()));
    }

    private static String jwks(String id) {
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(KEY);
        return "{\"keys\":[{\"kty\":\"oct\",\"alg\":\"HS256\",\"kid\":\"%s\",\"k\":\"%s\"}]}".formatted(id, secret);
    }
}
