package io.postern;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.remoteUser;
import static io.postern.StandardAuthenticators.session;
import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Policy;
import io.postern.auth.Verdict;
import io.postern.auth.endpoint.Endpoints.BodyLimits;
import io.postern.auth.endpoint.ErrorFormat;
import io.postern.auth.event.AuthListener;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.proxy.Proxies;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.session.SessionStore;
import io.postern.auth.session.StoredSession;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.Paging;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verifies that the builder passes each setting to the component it belongs to. */
class WiringTest {

    private final SettableClock clock = SettableClock.at(Instant.ofEpochSecond(1_800_000_000L));
    private final InMemoryUserStore users = Users.store();

    @Test
    void sessions_are_kept_where_the_builder_says_and_live_as_long_as_the_preset_says() {
        SessionStore store = new InMemoryStores().sessions();
        Postern postern = builder(session(), event -> {})
                .preset(Preset.STRICT)
                .sessions(store, settings -> settings.withIdleTimeout(Duration.ofHours(1)))
                .build();

        SessionLogin.Started begun = postern.sessions().login(FakeRequest.post(), "1");

        StoredSession kept = store.list("1", clock.instant(), Paging.first(10)).get(0);
        assertThat(begun.setCookie().orElseThrow()).startsWith("__Host-session=");
        assertThat(kept.expires()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
        clock.advance(Duration.ofHours(1));
        assertThat(postern.deleteExpired()).isEqualTo(1);
        assertThat(store.list("1", Instant.EPOCH, Paging.first(10))).isEmpty();
        assertThat(postern.storedSessions().list("1", Paging.first(10))).isEmpty();
    }

    @Test
    void who_is_vouched_for_by_the_container_is_let_in() {
        Postern container = builder(remoteUser(), event -> {}).build();

        assertThat(answer(container, FakeRequest.get().remoteUser("ann"))).isEqualTo("granted");
        assertThat(answer(container, FakeRequest.get())).isEqualTo("403");
    }

    @Test
    void strictness_normalises_passwords() {
        users.setPasswordHash("1", Users.HASHER.hash(Password.of("\u00e4")));
        Password decomposed = Password.of("a\u0308");
        Postern strict = builder().preset(Preset.STRICT).build();

        assertThat(strict.passwords().check("ann", decomposed)).isInstanceOf(PasswordLogin.Result.Success.class);
        assertThat(builder().build().passwords().check("ann", decomposed))
                .isInstanceOf(PasswordLogin.Result.Refused.class);
    }

    @Test
    void each_setting_of_the_endpoints_reaches_them() {
        Postern postern = builder()
                .proxies(Proxies.trusted(1))
                .errorFormat(ErrorFormat.PROBLEM_DETAILS)
                .bodyLimits(new BodyLimits(2_048, 10))
                .endpoints(own -> own.add(
                        "/who/",
                        Policy.builder().permissions(allowAny()).build(),
                        methods -> methods.get(request ->
                                AuthResponse.json(200, request.request().remoteAddress()))))
                .build();
        FakeRequest request = FakeRequest.get().header("X-Forwarded-For", "203.0.113.9");

        AuthResponse who = postern.guard().endpoint(request, "/who/", InputStream.nullInputStream());
        AuthResponse none = postern.guard().endpoint(request, "/none/", InputStream.nullInputStream());

        assertThat(new String(who.body(), StandardCharsets.UTF_8)).isEqualTo("\"203.0.113.9\"");
        assertThat(none.headers()).containsEntry("Content-Type", List.of("application/problem+json"));
        assertThat(postern.endpoints().maxBody()).isEqualTo(2_048);
    }

    private PosternBuilder builder() {
        return builder(basic(), event -> {});
    }

    private PosternBuilder builder(AuthenticatorFactory authenticator, AuthListener listener) {
        return Postern.builder()
                .users(users)
                .passwords(login -> login.hasher(Users.HASHER))
                .clock(clock)
                .listeners(listener)
                .authenticators(authenticator)
                .permissions(isAuthenticated());
    }

    private static String answer(Postern postern, AuthRequest request) {
        Verdict verdict = postern.gate().check(request, postern.defaultPolicy());
        return verdict instanceof Verdict.Denied denied
                ? Integer.toString(denied.denial().status())
                : "granted";
    }
}
