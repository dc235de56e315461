package io.postern;

import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.remoteUser;
import static io.postern.StandardAuthenticators.session;
import static io.postern.StandardAuthenticators.statelessJwt;
import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.auth.AuthRequest;
import io.postern.auth.Policy;
import io.postern.auth.Verdict;
import io.postern.auth.endpoint.BodyLimits;
import io.postern.auth.endpoint.EndpointRequest;
import io.postern.auth.endpoint.EndpointResponse;
import io.postern.auth.endpoint.ErrorFormat;
import io.postern.auth.endpoint.JwtCookies;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.jwt.TokenKind;
import io.postern.auth.password.LoginResult;
import io.postern.auth.password.Password;
import io.postern.auth.proxy.Proxies;
import io.postern.auth.refresh.InMemoryRefreshTokenStore;
import io.postern.auth.refresh.RefreshResult;
import io.postern.auth.refresh.TokenPair;
import io.postern.auth.revocation.InMemoryRevocationStore;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.InMemorySessionStore;
import io.postern.auth.session.NewSession;
import io.postern.auth.session.StoredSession;
import io.postern.auth.testing.FakeRequest;
import io.postern.auth.testing.MovingClock;
import io.postern.auth.testing.Users;
import io.postern.auth.token.InMemoryTokenStore;
import io.postern.auth.user.Device;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.Paging;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the builder connects: each part works alone, and here it is asked whether it is asked. */
class WiringTest {

    private static final KeyRing KEYS =
            KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32]).withId("k"));

    private final MovingClock clock = new MovingClock(Instant.ofEpochSecond(1_800_000_000L));
    private final InMemoryUserStore users = Users.store();

    @Test
    void sessions_are_kept_where_the_builder_says_and_live_as_long_as_the_preset_says() {
        InMemorySessionStore store = new InMemorySessionStore();
        Postern postern = builder()
                .preset(Preset.STRICT)
                .authenticators(session())
                .sessions(store, settings -> settings.idle(Duration.ofHours(1)))
                .build();

        NewSession begun = postern.sessions().login(FakeRequest.post(), "1");

        StoredSession kept =
                store.ofUser("1", clock.instant(), Paging.first(10)).get(0);
        assertThat(begun.setCookie().orElseThrow()).startsWith("__Host-session=");
        assertThat(kept.expires()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
        clock.advance(Duration.ofHours(1));
        assertThat(postern.purge()).isEqualTo(1);
        assertThat(store.find(kept.digest())).isEmpty();
    }

    @Test
    void an_ended_sliding_login_is_refused_at_once_and_an_access_token_lives_on_without_revocations() {
        Postern postern = builder()
                .jwt(KEYS, jwt -> jwt.accepted(TokenKind.ACCESS, TokenKind.SLIDING))
                .refreshTokens(new InMemoryRefreshTokenStore())
                .build();
        String sliding = postern.refreshTokens().createSliding(Users.ANN, Device.unknown());
        TokenPair pair = postern.refreshTokens().create(Users.ANN, Device.unknown());
        assertThat(answer(postern, bearer(sliding))).isEqualTo("granted");

        postern.refreshTokens().endAll("1");

        assertThat(answer(postern, bearer(sliding))).isEqualTo("401");
        assertThat(answer(postern, bearer(pair.access()))).isEqualTo("granted");
    }

    @Test
    void a_token_in_a_cookie_changes_nothing_without_the_proof() {
        Postern postern =
                builder().jwt(KEYS).jwtCookies(JwtCookies.under("/auth/jwt/")).build();
        String access =
                postern.refreshTokens().create(Users.ANN, Device.unknown()).access();
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
    void the_end_of_all_logins_reaches_tokens_of_logins_that_are_not_kept() {
        String elsewhere = builder()
                .jwt(KEYS)
                .build()
                .refreshTokens()
                .create(Users.ANN, Device.unknown())
                .access();
        Postern postern = kept().build();
        clock.advance(Duration.ofSeconds(1));
        assertThat(answer(postern, bearer(elsewhere))).isEqualTo("granted");

        postern.refreshTokens().endAll("1");

        assertThat(answer(postern, bearer(elsewhere))).isEqualTo("401");
    }

    @Test
    void a_revocation_is_remembered_as_long_as_the_longest_token_and_the_leeway() {
        for (List<Integer> minutes : List.of(List.of(7, 3), List.of(3, 7))) {
            Postern postern = kept().jwt(
                            KEYS,
                            jwt -> jwt.accessLifetime(Duration.ofMinutes(minutes.get(0)))
                                    .slidingLifetimes(Duration.ofMinutes(minutes.get(1)), Duration.ofDays(1))
                                    .leeway(Duration.ofSeconds(20)))
                    .build();

            assertThat(postern.revocations().longestAccessLifetime())
                    .isEqualTo(Duration.ofMinutes(7).plusSeconds(20));
        }
    }

    @Test
    void a_purge_reaches_tokens_logins_and_revocations() {
        Postern postern = kept().tokens(new InMemoryTokenStore(), tokens -> tokens.expireAfter(Duration.ofDays(1)))
                .build();
        postern.tokens().issue("1", "");
        postern.refreshTokens().create(Users.ANN, Device.unknown());
        postern.revocations().revokeToken("t", clock.instant().plusSeconds(60));
        assertThat(postern.purge()).isZero();

        clock.advance(Duration.ofDays(3));

        assertThat(postern.purge()).isEqualTo(3);
        assertThat(postern.purge()).isZero();
    }

    @Test
    void who_is_vouched_for_by_the_container_or_the_token_alone_is_let_in() {
        Postern container = builder().authenticators(remoteUser()).build();
        String access = builder()
                .jwt(KEYS)
                .build()
                .refreshTokens()
                .create(Users.ANN, Device.unknown())
                .access();
        Postern stateless = Postern.builder()
                .jwt(KEYS)
                .clock(clock)
                .authenticators(statelessJwt())
                .permission(isAuthenticated())
                .build();

        assertThat(answer(container, FakeRequest.get().user("ann"))).isEqualTo("granted");
        assertThat(answer(container, FakeRequest.get())).isEqualTo("403");
        assertThat(answer(stateless, bearer(access))).isEqualTo("granted");
        assertThat(stateless.endpoints().paths()).isEmpty();
        assertThatIllegalStateException().isThrownBy(stateless::refreshTokens).withMessageContaining(".users(");
    }

    @Test
    void strictness_replaces_refresh_tokens_where_they_are_kept_and_normalises_passwords() {
        users.setPasswordHash("1", Users.HASHER.hash(Password.of("\u00e4")));
        Password decomposed = Password.of("a\u0308");
        Postern strict = kept().preset(Preset.STRICT)
                .jwt(KEYS, jwt -> jwt.issuer("https://issuer.example").audience("api"))
                .build();
        Postern drf = kept().build();

        assertThat(strict.passwords().check("ann", decomposed)).isInstanceOf(LoginResult.Success.class);
        assertThat(drf.passwords().check("ann", decomposed)).isInstanceOf(LoginResult.Refused.class);
        assertThat(refreshed(strict).refresh()).isPresent();
        assertThat(refreshed(drf).refresh()).isEmpty();
    }

    @Test
    void each_setting_of_the_endpoints_reaches_them() {
        Postern postern = builder()
                .jwt(KEYS)
                .proxies(Proxies.trusted(1))
                .errorFormat(ErrorFormat.PROBLEM_DETAILS)
                .bodyLimits(new BodyLimits(2_048, 10))
                .endpoints(own -> own.add(
                        "/who/",
                        Set.of("GET"),
                        Policy.builder().permissions(allowAny()).build(),
                        request -> EndpointResponse.json(200, request.request().remoteAddress())))
                .build();
        FakeRequest request = FakeRequest.get().header("X-Forwarded-For", "203.0.113.9");

        EndpointResponse who = postern.endpoints().handle(new EndpointRequest(request, "/who/", new byte[0]));
        EndpointResponse none = postern.endpoints().handle(new EndpointRequest(request, "/none/", new byte[0]));

        assertThat(new String(who.body(), StandardCharsets.UTF_8)).isEqualTo("\"203.0.113.9\"");
        assertThat(none.headers()).containsEntry("Content-Type", List.of("application/problem+json"));
        assertThat(postern.largestBody()).isEqualTo(2_048);
    }

    @Test
    void revocations_and_cookies_without_keys_or_users_are_not_kept_in_silence() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        builder().revocations(new InMemoryRevocationStore()).build())
                .withMessageContaining(".jwt(KeyRing.of(key))");
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> builder().jwtCookies(JwtCookies.under("/auth/")).build())
                .withMessageContaining(".jwt(KeyRing.of(key))");
        assertThatIllegalStateException()
                .isThrownBy(() -> Postern.builder()
                        .jwt(KEYS)
                        .jwtCookies(JwtCookies.under("/auth/"))
                        .authenticators(statelessJwt())
                        .permission(isAuthenticated())
                        .build())
                .withMessageContaining(".users(userStore)");
    }

    private PosternBuilder kept() {
        return builder()
                .jwt(KEYS)
                .refreshTokens(new InMemoryRefreshTokenStore())
                .revocations(new InMemoryRevocationStore(), feed -> feed.strict());
    }

    private PosternBuilder builder() {
        return Postern.builder()
                .users(users)
                .passwords(login -> login.hasher(Users.HASHER))
                .clock(clock)
                .listeners(event -> {})
                .authenticators(jwt())
                .permission(isAuthenticated());
    }

    private static RefreshResult.Refreshed refreshed(Postern postern) {
        String token =
                postern.refreshTokens().create(Users.ANN, Device.unknown()).refresh();
        return (RefreshResult.Refreshed) postern.refreshTokens().refresh(token, Device.unknown());
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
