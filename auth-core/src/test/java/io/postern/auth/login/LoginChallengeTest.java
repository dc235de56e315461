package io.postern.auth.login;

import static io.postern.auth.login.ChallengeSite.CONTINUE;
import static io.postern.auth.login.ChallengeSite.tokenOf;
import static io.postern.auth.login.CodeStep.codeOf;
import static io.postern.auth.testing.Site.header;
import static io.postern.auth.testing.Site.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.Guard;
import io.postern.auth.AuthResponse;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.login.ChallengeSite.Kind;
import io.postern.auth.login.LoginStep.StepResult;
import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.password.Password;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.user.Paging;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A second factor works with every credential that a login can end with. */
class LoginChallengeTest {

    private static final String INVALID_TOKEN = "{\"login_token\":[\"Invalid or expired token.\"]}";
    private static final String CODE = codeOf("totp", "1");

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_completed_challenge_issues_the_credential_that_was_asked_for(Kind kind) {
        ChallengeSite site = site(kind);

        AuthResponse challenge = site.logIn("ann");

        assertThat(challenge.status()).isEqualTo(403);
        assertThat(text(challenge))
                .matches("\\{\"detail\":\"Further verification is required\\.\",\"digits\":6,"
                        + "\"code\":\"login_challenge\",\"challenge\":\"totp\","
                        + "\"login_token\":\"[A-Za-z0-9_-]{43}\",\"expires_in\":600}");
        assertThat(header(challenge, "Set-Cookie")).isEmpty();
        assertThat(header(challenge, "Cache-Control")).containsExactly("no-store");
        assertThat(site.userOf(challenge)).isEmpty();
        assertThat(site.events.of(AuthEvent.LoggedIn.class)).isEmpty();
        assertThat(site.events.of(AuthEvent.TokenIssued.class)).isEmpty();

        AuthResponse response = site.complete(tokenOf(challenge), CODE);

        assertThat(response.status()).isEqualTo(200);
        assertThat(site.userOf(response)).contains("ann");
        assertThat(site.events.of(AuthEvent.LoggedIn.class)).singleElement().satisfies(event -> {
            assertThat(event.userId()).isEqualTo("1");
            assertThat(event.method()).isEqualTo(kind.method);
            assertThat(event.address()).isEqualTo("192.0.2.1");
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_wrong_code_can_be_corrected_while_attempts_are_left(Kind kind) {
        ChallengeSite site = site(kind);
        String token = site.challenged("ann");

        for (int i = 0; i < 4; i++) {
            AuthResponse wrong = site.complete(token, "000000");
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(text(wrong)).isEqualTo("{\"code\":[\"Invalid code.\"]}");
        }
        assertThat(failures(site)).containsExactly("wrong_code", "wrong_code", "wrong_code", "wrong_code");
        assertThat(site.userOf(site.complete(token, CODE))).contains("ann");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_pending_login_is_dead_after_the_last_attempt(Kind kind) {
        ChallengeSite site = site(kind);
        String token = site.challenged("ann");
        for (int i = 0; i < 5; i++) {
            site.complete(token, "000000");
        }

        assertInvalid(site, site.complete(token, CODE), "login_attempts_exhausted");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_pending_login_expires(Kind kind) {
        ChallengeSite site = site(kind);
        String token = site.challenged("ann");
        site.clock.advance(Duration.ofMinutes(10));

        assertInvalid(site, site.complete(token, CODE), "unknown_login_token");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_completed_challenge_cannot_be_replayed(Kind kind) {
        ChallengeSite site = site(kind);
        String token = site.challenged("ann");
        site.complete(token, CODE);

        AuthResponse replay = site.complete(token, CODE);

        assertThat(replay.status()).isEqualTo(400);
        assertThat(text(replay)).isEqualTo(INVALID_TOKEN);
        assertThat(header(replay, "Set-Cookie")).isEmpty();
        assertThat(site.events.of(AuthEvent.LoggedIn.class)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void the_code_of_one_user_does_not_complete_the_challenge_of_another(Kind kind) {
        ChallengeSite site = site(kind);
        String ofEve = site.challenged("eve");

        assertThat(text(site.complete(ofEve, CODE))).isEqualTo("{\"code\":[\"Invalid code.\"]}");
        assertThat(site.events.of(AuthEvent.LoggedIn.class)).isEmpty();

        String ofAnn = site.challenged("ann");
        assertThat(site.userOf(site.complete(ofEve, codeOf("totp", "3")))).contains("eve");
        assertThat(site.userOf(site.complete(ofAnn, CODE))).contains("ann");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_change_of_the_password_ends_pending_logins(Kind kind) {
        ChallengeSite site = site(kind);
        String token = site.challenged("ann");
        site.users.setPasswordHash("1", Users.HASHER.hash(Password.of("another")));

        assertInvalid(site, site.complete(token, CODE), "password_changed");
        assertThat(text(site.complete(token, CODE))).isEqualTo(INVALID_TOKEN);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void of_parallel_completions_one_issues_a_credential(Kind kind) throws Exception {
        ChallengeSite site = site(kind, 50);
        String token = site.challenged("ann");
        Callable<AuthResponse> completion = () -> site.complete(token, CODE);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            int succeeded = 0;
            for (Future<AuthResponse> response : threads.invokeAll(Collections.nCopies(50, completion))) {
                if (response.get().status() == 200) {
                    succeeded++;
                } else {
                    assertThat(text(response.get())).isEqualTo(INVALID_TOKEN);
                }
            }
            assertThat(succeeded).isEqualTo(1);
            assertThat(site.events.of(AuthEvent.LoggedIn.class)).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"SESSION", "JWT_COOKIES"})
    void a_foreign_page_cannot_complete_the_login_of_a_browser(Kind kind) {
        ChallengeSite site = site(kind, 1);
        String token = site.challenged("ann");
        String body = "{\"login_token\":\"" + token + "\",\"code\":\"" + CODE + "\"}";
        FakeRequest foreign = FakeRequest.post()
                .overTls()
                .header("Host", "app.example.com")
                .header("Origin", "https://evil.example")
                .header("Content-Type", "application/json");

        AuthResponse response = site.send(foreign, CONTINUE, body);

        assertThat(response.status()).isEqualTo(403);
        assertThat(text(response)).startsWith("{\"detail\":\"CSRF Failed: Origin checking failed - ");
        assertThat(site.events.of(AuthEvent.RequestDenied.class))
                .extracting(AuthEvent.RequestDenied::reason)
                .containsExactly("csrf_failed");
        assertThat(site.userOf(site.post(CONTINUE, body)))
                .as("no attempt was counted")
                .contains("ann");
    }

    @Test
    void an_account_that_is_deactivated_meanwhile_gets_nothing() {
        ChallengeSite site = site(Kind.TOKEN);
        String token = site.challenged("ann");
        site.users.update(UserRecord.builder("1", "ann").active(false).build());

        assertInvalid(site, site.complete(token, CODE), "inactive_user");
    }

    @Test
    void an_account_that_is_deleted_meanwhile_gets_nothing() {
        ChallengeSite site = site(Kind.TOKEN);
        String token = site.challenged("ann");
        site.users.remove("1");

        assertInvalid(site, site.complete(token, CODE), "unknown_user");
    }

    @Test
    void missing_fields_are_reported_by_name() {
        ChallengeSite site = site(Kind.TOKEN);
        String token = site.challenged("ann");

        assertThat(text(site.post(CONTINUE, "{}"))).isEqualTo("{\"login_token\":[\"This field is required.\"]}");
        assertThat(text(site.post(CONTINUE, "{\"login_token\":\"" + token + "\"}")))
                .isEqualTo("{\"code\":[\"This field is required.\"]}");
        assertThat(site.post(CONTINUE, "{").status()).isEqualTo(400);
        assertThat(text(site.complete("x".repeat(43), CODE))).isEqualTo(INVALID_TOKEN);
    }

    @Test
    void several_challenges_follow_each_other_within_the_time_of_the_first() {
        ChallengeSite site = new ChallengeSite(Kind.JWT, new CodeStep("totp"), new CodeStep("mail"));
        String first = site.challenged("ann");
        site.clock.advance(Duration.ofMinutes(4));

        AuthResponse second = site.complete(first, CODE);

        assertThat(second.status()).isEqualTo(403);
        assertThat(text(second)).contains("\"challenge\":\"mail\"", "\"expires_in\":360");
        assertThat(text(site.complete(tokenOf(second), CODE))).isEqualTo("{\"code\":[\"Invalid code.\"]}");
        assertThat(text(site.complete(first, codeOf("mail", "1")))).isEqualTo(INVALID_TOKEN);
        assertThat(site.userOf(site.complete(tokenOf(second), codeOf("mail", "1"))))
                .contains("ann");
    }

    @Test
    void a_repeated_challenge_keeps_the_attempts_that_are_left() {
        ChallengeSite site = site(Kind.TOKEN);
        String token = site.challenged("ann");
        for (int i = 0; i < 4; i++) {
            AuthResponse again = site.complete(token, "resend");
            assertThat(again.status()).isEqualTo(403);
            assertThat(text(site.complete(token, CODE))).isEqualTo(INVALID_TOKEN);
            token = tokenOf(again);
        }

        assertThat(text(site.complete(token, "000000"))).isEqualTo("{\"code\":[\"Invalid code.\"]}");
        assertThat(text(site.complete(token, CODE))).isEqualTo(INVALID_TOKEN);
    }

    @Test
    void a_refused_completion_ends_the_login() {
        ChallengeSite site = site(Kind.TOKEN);
        String token = site.challenged("ann");

        AuthResponse response = site.complete(token, "cancel");

        assertThat(response.status()).isEqualTo(403);
        assertThat(text(response)).isEqualTo("{\"detail\":\"The login was cancelled.\",\"code\":\"cancelled\"}");
        assertInvalid(site, site.complete(token, CODE), "unknown_login_token");
    }

    @Test
    void the_other_steps_run_again_after_a_challenge() {
        Locked locked = new Locked();
        ChallengeSite site = new ChallengeSite(Kind.TOKEN, locked, new CodeStep("totp"));
        String token = site.challenged("ann");
        locked.now = true;

        AuthResponse response = site.complete(token, CODE);

        assertThat(response.status()).isEqualTo(403);
        assertThat(text(response)).isEqualTo("{\"detail\":\"You are locked out.\",\"code\":\"locked\"}");
        assertThat(site.events.of(AuthEvent.LoggedIn.class)).isEmpty();
        assertThat(failures(site)).containsExactly("locked");
    }

    private static final class Locked implements LoginStep {

        private volatile boolean now;

        @Override
        public StepResult after(LoginAttempt attempt, StoredUser user) {
            return now ? new StepResult.Refuse("locked", "You are locked out.") : StepResult.proceed();
        }
    }

    @Test
    void a_pending_login_of_a_step_that_is_gone_is_refused() {
        ChallengeSite before = new ChallengeSite(Kind.TOKEN, new CodeStep("old"));
        ChallengeSite after = new ChallengeSite(Kind.TOKEN, new CodeStep("totp"));
        String token = before.challenged("ann");
        String digest = OneTimeSecret.digestOf(token);
        after.oneTime.add(
                before.oneTime.find(digest, "login", before.clock.instant()).orElseThrow(), before.clock.instant());

        assertInvalid(after, after.complete(token, codeOf("old", "1")), "login_not_configured");
    }

    @Test
    void the_device_that_was_named_at_the_login_gets_the_family() {
        ChallengeSite site = site(Kind.JWT);

        site.complete(site.challenged("ann"), CODE);

        assertThat(site.postern.jwt().families("1", Paging.first(10)))
                .singleElement()
                .satisfies(family -> assertThat(family.device().label()).isEqualTo("ann's phone"));
    }

    @Test
    void basic_does_not_let_a_user_in_whom_a_step_challenges() {
        ChallengeSite site = site(Kind.TOKEN);
        FakeRequest request = FakeRequest.get().authorization("Basic YW5uOnBhIHNz");

        assertThat(site.postern.guard().enter(request)).isInstanceOf(Guard.Respond.class);
        assertThat(site.events.of(AuthEvent.RequestDenied.class))
                .extracting(AuthEvent.RequestDenied::reason)
                .containsExactly("login_challenge");
    }

    @Test
    void expired_pending_logins_are_deleted_with_all_that_has_expired() {
        ChallengeSite site = site(Kind.TOKEN);
        site.challenged("ann");
        site.clock.advance(Duration.ofMinutes(11));

        assertThat(site.postern.deleteExpired()).isEqualTo(1);
    }

    private static void assertInvalid(ChallengeSite site, AuthResponse response, String reason) {
        assertThat(response.status()).isEqualTo(400);
        assertThat(text(response)).isEqualTo(INVALID_TOKEN);
        assertThat(header(response, "Set-Cookie")).isEmpty();
        assertThat(site.events.of(AuthEvent.LoggedIn.class)).isEmpty();
        assertThat(site.events.of(AuthEvent.TokenIssued.class)).isEmpty();
        assertThat(failures(site)).last().isEqualTo(reason);
    }

    private static List<String> failures(ChallengeSite site) {
        return site.events.of(AuthEvent.LoginFailed.class).stream()
                .map(AuthEvent.LoginFailed::reason)
                .toList();
    }

    private static ChallengeSite site(Kind kind) {
        return new ChallengeSite(kind, new CodeStep("totp"));
    }

    private static ChallengeSite site(Kind kind, int maxAttempts) {
        return new ChallengeSite(
                kind, builder -> builder.pendingLogins(Duration.ofMinutes(10), maxAttempts), new CodeStep("totp"));
    }
}
