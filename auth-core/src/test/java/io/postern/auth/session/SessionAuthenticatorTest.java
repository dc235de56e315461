package io.postern.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.auth.AuthResult;
import io.postern.auth.Denial;
import io.postern.auth.StoreException;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import org.junit.jupiter.api.Test;

class SessionAuthenticatorTest {

    private final InMemoryUserStore users = Users.store();
    private final SessionLogin sessions = new SessionLogin(users);
    private final Csrf csrf = Csrf.builder().build();
    private final SessionAuthenticator authenticator = new SessionAuthenticator(sessions, csrf);
    private String secret = "";

    @Test
    void nobody_without_a_session_and_no_csrf_check_either() {
        assertThat(authenticator.authenticate(FakeRequest.post())).isEqualTo(AuthResult.notAttempted());
    }

    @Test
    void a_logged_in_user_reads_without_proof() {
        assertThat(authenticator.authenticate(loggedIn(FakeRequest.get(), "1")))
                .isEqualTo(AuthResult.authenticated(Users.ANN));
    }

    @Test
    void a_logged_in_user_writes_with_proof_only() {
        FakeRequest request = loggedIn(FakeRequest.post(), "1");

        assertThat(authenticator.authenticate(request))
                .isEqualTo(AuthResult.rejected(
                        Denial.permissionDenied("CSRF Failed: CSRF cookie not set.", "permission_denied")
                                .withReason("csrf_failed")));
        assertThat(authenticator.authenticate(
                        request.cookie("csrftoken", secret).header("X-CSRFToken", secret)))
                .isEqualTo(AuthResult.authenticated(Users.ANN));
    }

    @Test
    void a_planted_cookie_with_its_own_proof_is_refused() {
        String planted = csrf.newSecret();
        FakeRequest request =
                loggedIn(FakeRequest.post(), "1").cookie("csrftoken", planted).header("X-CSRFToken", planted);

        assertThat(authenticator.authenticate(request)).isInstanceOf(AuthResult.Rejected.class);
    }

    @Test
    void a_proof_from_before_the_login_is_refused() {
        FakeRequest request = loggedIn(FakeRequest.post(), "1");
        String before = secret;
        sessions.login(request, "1");

        assertThat(authenticator.authenticate(
                        request.cookie("csrftoken", before).header("X-CSRFToken", before)))
                .isInstanceOf(AuthResult.Rejected.class);
    }

    @Test
    void a_session_that_its_cookies_do_not_identify_counts_with_its_csrf_cookie_only() {
        FakeRequest request = loggedIn(FakeRequest.get(), "1");
        request.session().uncertain();

        assertThat(authenticator.authenticate(request)).isEqualTo(AuthResult.notAttempted());
        assertThat(sessions.csrfSecret(request)).isEmpty();
        assertThat(authenticator.authenticate(request.cookie("csrftoken", secret)))
                .isEqualTo(AuthResult.authenticated(Users.ANN));
        assertThat(authenticator.authenticate(request.cookie("csrftoken", csrf.newSecret())))
                .isEqualTo(AuthResult.notAttempted());
    }

    @Test
    void an_inactive_user_is_nobody() {
        assertThat(authenticator.authenticate(loggedIn(FakeRequest.post(), "2")))
                .isEqualTo(AuthResult.notAttempted());
    }

    @Test
    void a_user_deactivated_since_is_nobody_at_the_next_request() {
        FakeRequest request = loggedIn(FakeRequest.get(), "1");
        users.update(UserRecord.builder("1", "ann").active(false).build());

        assertThat(authenticator.authenticate(request)).isEqualTo(AuthResult.notAttempted());
    }

    @Test
    void there_is_no_challenge() {
        assertThat(authenticator.challenge(FakeRequest.get())).isEmpty();
        assertThat(authenticator.name()).isEqualTo("session");
    }

    @Test
    void a_failing_store_is_not_nobody() {
        FakeRequest request = loggedIn(FakeRequest.get(), "1");
        SessionAuthenticator broken = new SessionAuthenticator(new SessionLogin(Users.broken()), csrf);

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> broken.authenticate(request));
    }

    private FakeRequest loggedIn(FakeRequest request, String id) {
        secret = sessions.login(request, id).csrfSecret();
        return request;
    }
}
