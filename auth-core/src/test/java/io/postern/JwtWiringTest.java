package io.postern;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.statelessJwt;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.auth.AuthRequest;
import io.postern.auth.Verdict;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtCookies;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.memory.InMemoryRefreshTokenStore;
import io.postern.auth.memory.InMemoryRevocationStore;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.session.Csrf;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.user.Device;
import io.postern.auth.user.InMemoryUserStore;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the extension connects: each part works alone, and here it is asked whether it is asked. */
class JwtWiringTest {

    private static final KeyRing KEYS =
            KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32]).withId("k"));

    private final SettableClock clock = SettableClock.at(Instant.ofEpochSecond(1_800_000_000L));
    private final InMemoryUserStore users = Users.store();

    @Test
    void an_ended_sliding_login_is_refused_at_once_and_an_access_token_lives_on_without_revocations() {
        Postern postern = builder()
                .jwt(KEYS, jwt -> jwt.accepted(TokenType.ACCESS, TokenType.SLIDING))
                .refreshTokens(new InMemoryRefreshTokenStore())
                .build();
        String sliding = logins(postern).issueSliding(Users.ANN, Device.unknown());
        TokenPair pair = logins(postern).issue(Users.ANN, Device.unknown());
        assertThat(answer(postern, bearer(sliding))).isEqualTo("granted");

        logins(postern).revokeAllFamilies("1");

        assertThat(answer(postern, bearer(sliding))).isEqualTo("401");
        assertThat(answer(postern, bearer(pair.access()))).isEqualTo("granted");
    }

    @Test
    void a_token_in_a_cookie_changes_nothing_without_the_proof() {
        Postern postern =
                builder().jwt(KEYS).jwtCookies(JwtCookies.under("/auth/jwt/")).build();
        String access = logins(postern).issue(Users.ANN, Device.unknown()).access();
        String secret = Csrf.builder().build().newSecret();

        assertThat(answer(postern, withCookie(FakeRequest.get(), access))).isEqualTo("granted");
        assertThat(answer(postern, withCookie(FakeRequest.post(), access))).isEqualTo("403");
        assertThat(answer(postern, withCookie(FakeRequest.post(), access).cookie("csrftoken", secret)))
                .isEqualTo("403");
        assertThat(answer(
                        postern,
                        withCookie(FakeRequest.post(), access)
                                .cookie("csrftoken", secret)
                                .header("X-CSRFToken", secret)))
                .isEqualTo("granted");
    }

    @Test
    void closing_ends_the_thread_that_reads_revocations_and_requests_are_evaluated_on() {
        AtomicReference<Thread> reader = new AtomicReference<>();
        InMemoryRevocationStore store = new InMemoryRevocationStore(clock);
        RevocationStore watched = (RevocationStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RevocationStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("since")) {
                        reader.set(Thread.currentThread());
                    }
                    return method.invoke(store, arguments);
                });
        Postern postern = builder().jwt(KEYS).revocations(watched).build();
        String access = access(postern);
        assertThat(reader.get()).isNull();
        assertThat(answer(postern, bearer(access))).isEqualTo("granted");
        assertThat(reader.get().isAlive()).isTrue();

        postern.close();
        postern.close();

        assertThat(reader.get().isAlive()).isFalse();
        assertThat(answer(postern, bearer(access))).isEqualTo("granted");
    }

    @Test
    void closing_without_revocations_has_no_effect() {
        Postern postern = builder().jwt(KEYS).build();

        postern.close();

        assertThat(answer(postern, bearer(access(postern)))).isEqualTo("granted");
    }

    @Test
    void a_cookie_authenticates_beside_an_authorization_header_that_no_authenticator_reads() {
        Postern postern =
                builder().jwt(KEYS).jwtCookies(JwtCookies.under("/auth/jwt/")).build();
        String access = access(postern);
        String secret = Csrf.builder().build().newSecret();
        for (String header : List.of("Negotiate YII=", "Basic YW5uOndyb25n", "NTLM", "Token abc")) {
            assertThat(answer(postern, withCookie(FakeRequest.get(), access).authorization(header)))
                    .as(header)
                    .isEqualTo("granted");
            assertThat(answer(postern, withCookie(FakeRequest.post(), access).authorization(header)))
                    .as(header + " without CSRF token")
                    .isEqualTo("403");
            assertThat(answer(
                            postern,
                            withCookie(FakeRequest.post(), access)
                                    .authorization(header)
                                    .cookie("csrftoken", secret)
                                    .header("X-CSRFToken", secret)))
                    .as(header + " with CSRF token")
                    .isEqualTo("granted");
            assertThat(answer(postern, FakeRequest.get().authorization(header)))
                    .as(header + " alone")
                    .isEqualTo("401");
        }
        for (String header : List.of("Bearer bad", "Bearer", "Bearer a b")) {
            assertThat(answer(postern, withCookie(FakeRequest.get(), access).authorization(header)))
                    .as(header)
                    .isEqualTo("401");
        }
    }

    @Test
    void a_header_that_another_authenticator_reads_takes_precedence_over_the_cookie() {
        Postern postern = builder()
                .authenticators(basic())
                .jwt(KEYS)
                .jwtCookies(JwtCookies.under("/auth/jwt/"))
                .build();
        FakeRequest request = withCookie(FakeRequest.get(), access(postern)).authorization("Basic YW5uOndyb25n");

        assertThat(answer(postern, request)).isEqualTo("401");
    }

    @Test
    void the_end_of_all_logins_reaches_tokens_of_logins_that_are_not_kept() {
        String elsewhere = access(builder().jwt(KEYS).build());
        Postern postern = kept(jwt -> jwt).build();
        clock.advance(Duration.ofSeconds(1));
        assertThat(answer(postern, bearer(elsewhere))).isEqualTo("granted");

        logins(postern).revokeAllFamilies("1");

        assertThat(answer(postern, bearer(elsewhere))).isEqualTo("401");
    }

    @Test
    void a_revocation_is_remembered_as_long_as_the_longest_token_and_the_leeway() {
        for (List<Integer> minutes : List.of(List.of(7, 3), List.of(3, 7))) {
            Postern postern = kept(jwt -> jwt.accessLifetime(Duration.ofMinutes(minutes.get(0)))
                            .slidingLifetime(Duration.ofMinutes(minutes.get(1)))
                            .slidingRefreshLifetime(Duration.ofDays(1))
                            .leeway(Duration.ofSeconds(20)))
                    .build();

            assertThat(postern.revocations().maxAccessLifetime())
                    .isEqualTo(Duration.ofMinutes(7).plusSeconds(20));
        }
    }

    @Test
    void the_revocation_of_a_family_is_remembered_as_long_as_it_could_be_refreshed_and_the_leeway() {
        for (List<Integer> days : List.of(List.of(7, 3), List.of(3, 7))) {
            Postern postern = kept(jwt -> jwt.refreshLifetime(Duration.ofDays(days.get(0)))
                            .slidingLifetime(Duration.ofMinutes(5))
                            .slidingRefreshLifetime(Duration.ofDays(days.get(1)))
                            .leeway(Duration.ofSeconds(20)))
                    .build();

            assertThat(postern.revocations().maxRefreshLifetime())
                    .isEqualTo(Duration.ofDays(7).plusSeconds(20));
        }
    }

    @Test
    void a_purge_reaches_tokens_logins_and_revocations() {
        Postern postern = kept(jwt -> jwt)
                .tokens(new InMemoryStores().tokens(), tokens -> tokens.expireAfter(Duration.ofDays(1)))
                .build();
        postern.tokens().issue("1", "");
        logins(postern).issue(Users.ANN, Device.unknown());
        postern.revocations().revokeToken("t", clock.instant().plusSeconds(60));
        assertThat(postern.deleteExpired()).isZero();

        clock.advance(Duration.ofDays(3));

        assertThat(postern.deleteExpired()).isEqualTo(3);
        assertThat(postern.deleteExpired()).isZero();
    }

    @Test
    void who_is_vouched_for_by_the_token_alone_is_let_in() {
        String access = access(builder().jwt(KEYS).build());
        Postern stateless = Postern.builder()
                .jwt(KEYS)
                .clock(clock)
                .authenticators(statelessJwt())
                .permissions(isAuthenticated())
                .build();

        assertThat(answer(stateless, bearer(access))).isEqualTo("granted");
        assertThat(stateless.endpoints().paths()).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> logins(stateless)).withMessageContaining(".users(");
    }

    @Test
    void an_encrypted_token_with_a_broken_header_is_a_bad_token_and_no_fault_of_the_server() {
        Postern postern =
                builder().jwt(KEYS, jwt -> jwt.encryptDirect(new byte[32])).build();
        String header = "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"epk\":null}";
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(UTF_8)) + "....";
        byte[] body = ("{\"token\":\"" + token + "\"}").getBytes(UTF_8);
        FakeRequest request = FakeRequest.post().header("Content-Type", "application/json");

        assertThat(answer(postern, bearer(token))).isEqualTo("401");
        assertThat(postern.guard()
                        .endpoint(request, "/jwt/verify/", new ByteArrayInputStream(body))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void strictness_replaces_refresh_tokens_where_they_are_kept() {
        Postern strict = kept(jwt -> jwt.issuer("https://issuer.example").audience("api"))
                .preset(Preset.STRICT)
                .build();

        assertThat(refreshed(strict).refresh()).isPresent();
        assertThat(refreshed(kept(jwt -> jwt).build()).refresh()).isEmpty();
    }

    @Test
    void changes_of_settings_add_up() {
        Postern postern = builder()
                .jwt(KEYS)
                .refreshTokens(new InMemoryRefreshTokenStore(), refresh -> refresh.withMode(RotationMode.ROTATE))
                .refreshTokens(refresh -> refresh.withClaims(user -> Map.of("name", user.username())))
                .build();
        TokenPair pair = logins(postern).issue(Users.ANN, Device.unknown());

        RefreshResult result = logins(postern).refresh(pair.refresh(), Device.unknown());

        assertThat(((RefreshResult.Refreshed) result).refresh())
                .hasValueSatisfying(next -> assertThat(next).isNotEqualTo(pair.refresh()));
        assertThat(new String(Base64.getUrlDecoder().decode(pair.access().split("\\.")[1]), UTF_8))
                .contains("\"name\":\"ann\"");
    }

    @Test
    void strictness_asks_for_issuer_and_audience() {
        Supplier<PosternBuilder> whole = () -> builder().preset(Preset.STRICT);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole.get().jwt(KEYS).build())
                .withMessageContaining(".issuer(");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole.get()
                        .jwt(KEYS, jwt -> jwt.issuer("https://i.example"))
                        .build())
                .withMessageContaining(".audience(");
        assertThat(whole.get()
                        .jwt(KEYS, jwt -> jwt.issuer("https://i.example").audience("api"))
                        .build())
                .isNotNull();
    }

    @Test
    void an_authenticator_without_keys_and_cookies_without_users_or_a_key_that_signs_are_told() {
        KeyRing verifying = KeyRing.verifyingOnly(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32]));
        for (AuthenticatorFactory factory : List.of(jwt(), statelessJwt())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> builder(factory).build())
                    .withMessageContaining(".jwt(KeyRing.of(key))");
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> builder()
                        .jwt(verifying)
                        .jwtCookies(JwtCookies.under("/auth/jwt/"))
                        .build())
                .withMessageContaining("a key that signs");
        assertThatIllegalStateException()
                .isThrownBy(() -> Postern.builder()
                        .jwt(KEYS)
                        .jwtCookies(JwtCookies.under("/auth/jwt/"))
                        .authenticators(statelessJwt())
                        .permissions(isAuthenticated())
                        .build())
                .withMessageContaining(".users(userStore)");
    }

    @Test
    void services_and_endpoints_are_those_of_the_parts_that_are_there() {
        Postern without = builder(basic()).build();
        Postern plain = builder().jwt(KEYS).build();
        Postern verifying = builder()
                .jwt(KeyRing.verifyingOnly(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32])))
                .build();

        assertThatIllegalStateException().isThrownBy(() -> without.jwt()).withMessageContaining(".jwt(");
        assertThatIllegalStateException().isThrownBy(() -> plain.revocations()).withMessageContaining(".revocations(");
        assertThat(plain.endpoints().paths()).contains("/jwt/create/", "/jwks/");
        assertThat(verifying.endpoints().paths()).noneMatch(path -> path.startsWith("/jwt/"));
    }

    private PosternBuilder kept(UnaryOperator<JwtSettings.Builder> change) {
        return builder()
                .jwt(KEYS, change)
                .refreshTokens(new InMemoryRefreshTokenStore())
                .revocations(new InMemoryRevocationStore(), feed -> feed.alwaysCheckStore());
    }

    private PosternBuilder builder() {
        return builder(jwt());
    }

    private PosternBuilder builder(AuthenticatorFactory authenticator) {
        return Postern.builder()
                .users(users)
                .passwords(login -> login.hasher(Users.HASHER))
                .clock(clock)
                .withoutListeners()
                .authenticators(authenticator)
                .permissions(isAuthenticated());
    }

    private static RefreshResult.Refreshed refreshed(Postern postern) {
        String token = logins(postern).issue(Users.ANN, Device.unknown()).refresh();
        return (RefreshResult.Refreshed) logins(postern).refresh(token, Device.unknown());
    }

    private static JwtTokens logins(Postern postern) {
        return postern.jwt();
    }

    private static String access(Postern postern) {
        return logins(postern).issue(Users.ANN, Device.unknown()).access();
    }

    private static FakeRequest bearer(String token) {
        return FakeRequest.get().authorization("Bearer " + token);
    }

    private static FakeRequest withCookie(FakeRequest request, String access) {
        return request.overTls()
                .header("Host", "app.example.com")
                .header("Origin", "https://app.example.com")
                .cookie("__Host-access", access);
    }

    private static String answer(Postern postern, AuthRequest request) {
        Verdict verdict = postern.gate().check(request, postern.defaultPolicy());
        return verdict instanceof Verdict.Denied denied
                ? Integer.toString(denied.denial().status())
                : "granted";
    }
}
