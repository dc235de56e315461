package io.postern.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.InMemoryStores;
import io.postern.auth.AuthResult;
import io.postern.auth.StoreException;
import io.postern.auth.internal.Digests;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.Paging;
import io.postern.auth.user.StoredUser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredSessionsTest {

    private static final Paging ALL = Paging.first(100);
    private static final String COOKIE = "__Host-session";

    private final SettableClock clock = SettableClock.at(Instant.parse("2030-01-01T00:00:00Z"));
    private final InMemoryUserStore users = Users.store();
    private final SessionStore store = new InMemoryStores().sessions();
    private final SessionLogin sessions = new SessionLogin(users, store, SessionSettings.strict(), clock);
    private final SessionLogin.StoredSessions stored = sessions.stored().orElseThrow();

    @Test
    void browsers_keep_the_cookie_as_long_as_the_settings_let_the_session_live() {
        SessionSettings django = SessionSettings.django();
        SessionSettings hours = django.withAbsoluteTimeout(Duration.ofHours(8));

        assertThat(cookieUnder(django)).contains("; Max-Age=1209600;");
        assertThat(cookieUnder(hours)).contains("; Max-Age=28800;");
        assertThat(cookieUnder(hours.withPersistentCookie(false))).doesNotContain("Max-Age", "Expires");
        assertThat(cookieUnder(SessionSettings.strict())).doesNotContain("Max-Age", "Expires");
        assertThat(cookieUnder(
                        hours.withCookie(COOKIE, CookieAttributes.credential().withMaxAge(Duration.ofHours(1)))))
                .contains("; Max-Age=3600;");
    }

    private String cookieUnder(SessionSettings settings) {
        return new SessionLogin(users, store, settings, clock)
                .login(FakeRequest.post().overTls(), "1")
                .setCookie()
                .orElseThrow();
    }

    @Test
    void a_login_gives_a_cookie_that_tells_the_user_on_every_server() {
        SessionLogin.Started begun = sessions.login(FakeRequest.post().overTls(), "1");

        assertThat(begun.setCookie().orElseThrow())
                .matches(COOKIE + "=[A-Za-z0-9_-]{43}; Path=/; SameSite=Lax; Secure; HttpOnly");
        SessionLogin elsewhere = new SessionLogin(users, store, SessionSettings.strict(), clock);
        CurrentSession session = elsewhere.sessionOf(with(begun)).orElseThrow();
        assertThat(session.user().user()).isEqualTo(Users.ANN);
        assertThat(session.csrfSecret()).contains(begun.csrfSecret());
    }

    @Test
    void neither_the_cookie_nor_the_csrf_secret_is_stored_or_printed() {
        SessionLogin.Started begun = sessions.login(FakeRequest.post(), "1");

        StoredSession kept = stored.list("1", ALL).get(0);
        SessionStore.Key key = SessionStore.Key.of(text(begun));
        String everything = kept.id() + kept.securityStamp() + kept + begun + sessions.sessionOf(with(begun)) + key;
        assertThat(everything).doesNotContain(text(begun)).doesNotContain(begun.csrfSecret());
        assertThat(store.find(key)).contains(kept);
        assertThat(key.digest()).isEqualTo(Digests.sha256Hex(text(begun)));
    }

    @Test
    void the_csrf_secret_of_a_session_passes_as_proof_and_that_of_another_does_not() {
        Csrf csrf = Csrf.builder().build();
        SessionAuthenticator authenticator = new SessionAuthenticator(sessions, csrf);
        SessionLogin.Started begun = sessions.login(FakeRequest.post(), "1");
        String own = begun.csrfSecret();
        String foreign = sessions.login(FakeRequest.post(), "1").csrfSecret();

        assertThat(authenticator.authenticate(proving(begun, own))).isEqualTo(AuthResult.authenticated(Users.ANN));
        assertThat(authenticator.authenticate(proving(begun, foreign))).isInstanceOf(AuthResult.Rejected.class);
    }

    @Test
    void a_login_ends_the_session_that_the_request_had() {
        SessionLogin.Started first = sessions.login(FakeRequest.post(), "1");
        SessionLogin.Started second = sessions.login(with(first), "1");

        assertThat(sessions.sessionOf(with(first))).isEmpty();
        assertThat(sessions.sessionOf(with(second))).isPresent();
        assertThat(stored.list("1", ALL)).hasSize(1);
    }

    @Test
    void a_cookie_that_was_planted_is_not_taken_over() {
        SessionLogin.Started begun = sessions.login(FakeRequest.post().cookie(COOKIE, "a".repeat(43)), "1");

        assertThat(text(begun)).isNotEqualTo("a".repeat(43));
        assertThat(sessions.sessionOf(FakeRequest.get().cookie(COOKIE, "a".repeat(43))))
                .isEmpty();
    }

    @Test
    void a_session_ends_without_use() {
        SessionLogin.Started begun = sessions.login(FakeRequest.post(), "1");
        clock.advance(Duration.ofMinutes(29));
        assertThat(sessions.sessionOf(with(begun))).isPresent();
        clock.advance(Duration.ofMinutes(29));
        assertThat(sessions.sessionOf(with(begun))).isPresent();
        clock.advance(Duration.ofMinutes(30));
        assertThat(sessions.sessionOf(with(begun))).isEmpty();
    }

    @Test
    void a_session_ends_however_often_it_is_used() {
        SessionLogin.Started begun = sessions.login(FakeRequest.post(), "1");
        for (int i = 0; i < 35; i++) {
            clock.advance(Duration.ofMinutes(20));
            assertThat(sessions.sessionOf(with(begun))).as("after %d uses", i).isPresent();
        }
        clock.advance(Duration.ofMinutes(20));

        assertThat(sessions.sessionOf(with(begun))).isEmpty();
    }

    @Test
    void a_use_is_noted_once_a_minute() {
        SessionLogin.Started begun = sessions.login(FakeRequest.post(), "1");
        Instant login = clock.instant();
        clock.advance(Duration.ofSeconds(59));
        sessions.sessionOf(with(begun));
        assertThat(stored.list("1", ALL)).extracting(StoredSession::lastUsed).containsExactly(login);
        clock.advance(Duration.ofSeconds(1));
        sessions.sessionOf(with(begun));
        assertThat(stored.list("1", ALL)).extracting(StoredSession::lastUsed).containsExactly(login.plusSeconds(60));
    }

    @Test
    void another_password_or_no_user_ends_the_session_for_good() {
        SessionLogin.Started begun = sessions.login(FakeRequest.post(), "1");
        users.setPasswordHash("1", "another");
        assertThat(sessions.sessionOf(with(begun))).isEmpty();
        assertThat(stored.list("1", ALL)).isEmpty();

        SessionLogin.Started again = sessions.login(FakeRequest.post(), "1");
        users.remove("1");
        assertThat(sessions.sessionOf(with(again))).isEmpty();
        assertThat(stored.list("1", ALL)).isEmpty();
    }

    @Test
    void a_password_that_changes_while_it_is_checked_leaves_no_session() {
        StoredUser checked = users.findById("1").orElseThrow();
        users.setPasswordHash("1", "another");

        SessionLogin.Started begun = sessions.login(FakeRequest.post(), checked);

        assertThat(sessions.sessionOf(with(begun))).isEmpty();
    }

    @Test
    void a_logout_ends_the_session_and_makes_the_browser_forget_it() {
        SessionLogin.Started begun = sessions.login(FakeRequest.post(), "1");

        Optional<String> cookie = sessions.logout(with(begun));

        assertThat(cookie.orElseThrow())
                .isEqualTo(COOKIE + "=; Max-Age=0; Path=/; SameSite=Lax; Secure; HttpOnly;"
                        + " Expires=Thu, 01 Jan 1970 00:00:00 GMT");
        assertThat(sessions.sessionOf(with(begun))).isEmpty();
        assertThat(sessions.logout(with(begun))).isPresent();
    }

    @Test
    void two_cookies_of_the_name_prove_nothing() {
        SessionLogin.Started begun = sessions.login(FakeRequest.post(), "1");

        assertThat(sessions.sessionOf(with(begun).cookie(COOKIE, text(begun)))).isEmpty();
        assertThat(sessions.sessionOf(FakeRequest.get().cookie("__host-sessionid", text(begun))))
                .isEmpty();
    }

    @Test
    void the_sessions_of_a_user_are_listed_and_ended_from_elsewhere() {
        SessionLogin.Started one = sessions.login(FakeRequest.post().header("User-Agent", "Firefox"), "1");
        clock.advance(Duration.ofSeconds(1));
        SessionLogin.Started two = sessions.login(FakeRequest.post().from("192.0.2.9"), "1");
        clock.advance(Duration.ofSeconds(1));
        SessionLogin.Started three = sessions.login(FakeRequest.post(), "1");

        assertThat(stored.list("1", ALL))
                .extracting(
                        kept -> kept.device().userAgent() + "@" + kept.device().address())
                .containsExactly("Firefox@192.0.2.1", "@192.0.2.9", "@192.0.2.1");
        String first = stored.list("1", ALL).get(0).id();
        assertThat(stored.revoke("2", first)).isFalse();
        assertThat(stored.revoke("1", first)).isTrue();
        assertThat(sessions.sessionOf(with(one))).isEmpty();
        String kept = stored.list("1", ALL).get(1).id();
        assertThat(stored.revokeOthers("1", kept)).isEqualTo(1);
        assertThat(sessions.sessionOf(with(two))).isEmpty();
        assertThat(sessions.sessionOf(with(three))).isPresent();
        assertThat(stored.revokeAll("1")).isEqualTo(1);
        assertThat(sessions.sessionOf(with(three))).isEmpty();
    }

    @Test
    void a_purge_forgets_what_has_ended() {
        sessions.login(FakeRequest.post(), "1");
        clock.advance(Duration.ofMinutes(15));
        SessionLogin.Started living = sessions.login(FakeRequest.post(), "1");
        clock.advance(Duration.ofMinutes(15));

        assertThat(stored.deleteExpired(10)).isEqualTo(1);
        assertThat(sessions.sessionOf(with(living))).isPresent();
    }

    @Test
    void failing_users_are_not_nobody() {
        SessionLogin.Started begun = sessions.login(FakeRequest.post(), "1");
        SessionLogin broken = new SessionLogin(Users.broken(), store, SessionSettings.strict(), clock);

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> broken.sessionOf(with(begun)));
    }

    @Test
    void a_login_that_cannot_be_kept_leaves_the_session_there_was() {
        SessionLogin.Started begun = sessions.login(FakeRequest.post(), "1");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> over("add").login(with(begun), "1"));
        assertThat(sessions.sessionOf(with(begun))).isPresent();
    }

    @Test
    void a_use_that_cannot_be_noted_locks_nobody_out() {
        SessionLogin.Started begun = sessions.login(FakeRequest.post(), "1");
        clock.advance(Duration.ofMinutes(2));

        assertThat(over("touch").sessionOf(with(begun))).isPresent();
    }

    @Test
    void a_cookie_of_another_length_is_not_looked_up() {
        for (int length : new int[] {0, 42, 44, 10_000}) {
            FakeRequest request = FakeRequest.get().cookie(COOKIE, "a".repeat(length));

            assertThat(over("find").sessionOf(request))
                    .as("%d characters", length)
                    .isEmpty();
        }
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> over("find").sessionOf(FakeRequest.get().cookie(COOKIE, "a".repeat(43))));
    }

    @Test
    void sessions_of_the_container_cannot_be_listed() {
        assertThat(new SessionLogin(users).stored()).isEmpty();
    }

    @Test
    void the_csrf_cookie_is_bound_to_the_session_unless_the_settings_unbind_it() {
        SessionLogin.Started begun = sessions.login(FakeRequest.post(), "1");
        SessionLogin unbound =
                new SessionLogin(users, store, SessionSettings.strict().withUnboundCsrf(), clock);

        assertThat(sessions.csrfSecret(with(begun))).contains(begun.csrfSecret());
        assertThat(unbound.csrfSecret(with(begun))).isEmpty();
        assertThat(unbound.sessionOf(with(begun))).isPresent();
        String planted = "a".repeat(32);
        assertThat(new SessionAuthenticator(unbound, Csrf.builder().build()).authenticate(proving(begun, planted)))
                .isEqualTo(AuthResult.authenticated(Users.ANN));
    }

    @Test
    void a_key_that_is_taken_starts_no_session() {
        assertThatIllegalStateException().isThrownBy(() -> over("taken").login(FakeRequest.post(), "1"));
        assertThat(stored.list("1", ALL)).isEmpty();
    }

    @Test
    void keys_are_equal_by_their_value() {
        assertThat(SessionStore.Key.of("abc"))
                .isEqualTo(SessionStore.Key.of("abc"))
                .hasSameHashCodeAs(SessionStore.Key.of("abc"))
                .isNotEqualTo(SessionStore.Key.of("abd"))
                .isNotEqualTo("abc")
                .hasToString("***");
    }

    @Test
    void settings_that_cannot_work_are_refused() {
        SessionSettings good = SessionSettings.django();
        CookieAttributes plain = CookieAttributes.credential().withSecure(CookieAttributes.Secure.WHEN_REQUEST_IS);
        CookieAttributes elsewhere = CookieAttributes.credential().withPath("/app");

        assertThatIllegalArgumentException().isThrownBy(() -> good.withCookie("__Host-s", plain));
        assertThatIllegalArgumentException().isThrownBy(() -> good.withCookie("__Host-s", elsewhere));
        assertThatIllegalArgumentException().isThrownBy(() -> good.withCookie("a b", plain));
        assertThatIllegalArgumentException().isThrownBy(() -> good.withIdleTimeout(Duration.ofSeconds(119)));
        assertThat(good.withCookie("sessionid", plain).cookieName()).isEqualTo("sessionid");
        assertThat(good.withIdleTimeout(Duration.ofDays(30)).absoluteTimeout()).isEqualTo(Duration.ofDays(30));
        assertThat(good.withAbsoluteTimeout(Duration.ofDays(1)).idleTimeout()).isEqualTo(Duration.ofDays(1));
    }

    /** The same sessions, with a store of which one thing fails. */
    private SessionLogin over(String failing) {
        return new SessionLogin(users, new Failing(store, failing), SessionSettings.strict(), clock);
    }

    private static FakeRequest with(SessionLogin.Started session) {
        return FakeRequest.get().cookie(COOKIE, text(session));
    }

    private static FakeRequest proving(SessionLogin.Started session, String secret) {
        return FakeRequest.post()
                .cookie(COOKIE, text(session))
                .cookie("csrftoken", secret)
                .header("X-CSRFToken", secret);
    }

    private static String text(SessionLogin.Started session) {
        String cookie = session.setCookie().orElseThrow();
        return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    }

    private record Failing(SessionStore store, String failing) implements SessionStore {

        @Override
        public Optional<StoredSession> find(SessionStore.Key key) {
            return unless("find").find(key);
        }

        @Override
        public boolean add(SessionStore.Key key, StoredSession session) {
            return !failing.equals("taken") && unless("add").add(key, session);
        }

        @Override
        public void touch(SessionStore.Key key, Instant when, Instant expires) {
            unless("touch").touch(key, when, expires);
        }

        @Override
        public boolean remove(SessionStore.Key key) {
            return store.remove(key);
        }

        @Override
        public List<StoredSession> list(String userId, Instant now, Paging paging) {
            return store.list(userId, now, paging);
        }

        @Override
        public boolean remove(String userId, String id) {
            return store.remove(userId, id);
        }

        @Override
        public int removeAll(String userId, Optional<String> except) {
            return store.removeAll(userId, except);
        }

        @Override
        public int deleteExpired(Instant now, int limit) {
            return store.deleteExpired(now, limit);
        }

        private SessionStore unless(String name) {
            if (failing.equals(name)) {
                throw new StoreException("sessions are down");
            }
            return store;
        }
    }
}
