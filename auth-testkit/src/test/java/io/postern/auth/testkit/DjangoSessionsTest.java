package io.postern.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.AuthResult;
import io.postern.auth.User;
import io.postern.auth.session.CookieAttributes;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionAuthenticator;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.session.SessionSettings;
import io.postern.auth.session.SessionStore;
import io.postern.auth.session.StoredSession;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.UserStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A foreign schema passes the part of the contract that applies to it, and shares its sessions with Postern. */
class DjangoSessionsTest implements SessionStoreContract {

    private static final User ANN = UserRecord.of("1", "ann");
    private static final String KEY = "k3y0f32l0wercaselettersanddigits";

    private final SettableClock clock = SettableClock.at(Instant.parse("2030-01-01T00:00:00Z"));
    private final DjangoSessions store = new DjangoSessions();
    private final DjangoUsers users = new DjangoUsers();
    private final SessionLogin sessions = new SessionLogin(
            users,
            store,
            SessionSettings.django()
                    .withCookie("sessionid", CookieAttributes.credential())
                    .withUnboundCsrf(),
            clock);
    private final SessionAuthenticator authenticator =
            new SessionAuthenticator(sessions, Csrf.builder().build());

    @Override
    public SessionStore sessionStore() {
        return store;
    }

    @Override
    public StoredSession stored(SessionStore.Key key, StoredSession added) {
        return DjangoSessions.stored(key, added);
    }

    @Override
    public boolean recordsUses() {
        return false;
    }

    @Test
    void a_session_that_django_started_is_valid_with_a_csrf_cookie_of_its_own() {
        store.insert(KEY, "1", hash("pbkdf2_sha256$old"), clock.instant().plus(Duration.ofDays(14)));

        assertThat(authenticator.authenticate(proving(KEY))).isEqualTo(AuthResult.authenticated(ANN));
    }

    @Test
    void a_login_writes_a_row_that_django_accepts() {
        SessionLogin.Started started = sessions.login(FakeRequest.post(), "1");

        String cookie = started.setCookie().orElseThrow();
        assertThat(cookie).matches("sessionid=[a-z0-9]{32}; .*");
        StoredSession row =
                store.find(SessionStore.Key.of(cookie.substring(10, 42))).orElseThrow();
        assertThat(row.userId()).isEqualTo("1");
        assertThat(row.securityStamp()).isEqualTo(hash("pbkdf2_sha256$old"));
        assertThat(row.expires()).isEqualTo(clock.instant().plus(Duration.ofDays(14)));
    }

    @Test
    void a_use_neither_changes_nor_prolongs_the_row() {
        Instant end = clock.instant().plus(Duration.ofDays(14));
        store.insert(KEY, "1", hash("pbkdf2_sha256$old"), end);
        clock.advance(Duration.ofDays(13));

        authenticator.authenticate(proving(KEY));

        assertThat(store.find(SessionStore.Key.of(KEY)).orElseThrow().expires()).isEqualTo(end);
        clock.advance(Duration.ofDays(1));
        assertThat(authenticator.authenticate(proving(KEY))).isEqualTo(AuthResult.notAttempted());
    }

    @Test
    void a_change_of_password_ends_the_session_on_both_sides() {
        store.insert(KEY, "1", hash("pbkdf2_sha256$old"), clock.instant().plus(Duration.ofDays(14)));
        users.passwordHash = "pbkdf2_sha256$new";

        assertThat(authenticator.authenticate(proving(KEY))).isEqualTo(AuthResult.notAttempted());
        assertThat(store.find(SessionStore.Key.of(KEY))).isEmpty();
    }

    @Test
    void a_logout_removes_the_row() {
        store.insert(KEY, "1", hash("pbkdf2_sha256$old"), clock.instant().plus(Duration.ofDays(14)));

        sessions.logout(proving(KEY));

        assertThat(store.find(SessionStore.Key.of(KEY))).isEmpty();
    }

    private static FakeRequest proving(String key) {
        String secret = "a".repeat(32);
        return FakeRequest.post()
                .cookie("sessionid", key)
                .cookie("csrftoken", secret)
                .header("X-CSRFToken", secret);
    }

    /** Stands for Django's session auth hash, a function of the password hash. */
    private static String hash(String passwordHash) {
        return "hmac of " + passwordHash;
    }

    private static final class DjangoUsers implements UserStore {

        private String passwordHash = "pbkdf2_sha256$old";

        @Override
        public Optional<StoredUser> findByUsername(String username) {
            return username.equals("ann") ? findById("1") : Optional.empty();
        }

        @Override
        public Optional<StoredUser> findById(String id) {
            return id.equals("1")
                    ? Optional.of(new StoredUser(ANN, passwordHash, hash(passwordHash)))
                    : Optional.empty();
        }

        @Override
        public boolean replacePasswordHash(String userId, String expected, String replacement) {
            return false;
        }
    }
}
