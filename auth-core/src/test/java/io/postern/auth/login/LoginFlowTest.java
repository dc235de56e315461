package io.postern.auth.login;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.session;
import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static io.postern.auth.testing.Site.header;
import static io.postern.auth.testing.Site.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.postern.Guard;
import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.AuthResponse;
import io.postern.auth.DeniedException;
import io.postern.auth.Verdict;
import io.postern.auth.endpoint.ErrorFormat;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.login.LoginStep.StepResult;
import io.postern.auth.session.SessionStore;
import io.postern.auth.testing.Site;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.user.StoredUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginFlowTest {

    private static final KeyRing KEYS = KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32]));
    private static final LoginStep EXPIRED =
            (attempt, user) -> new StepResult.Refuse("password_expired", "Your password has expired.");
    private static final LoginStep LOCKED = (attempt, user) -> new StepResult.Refuse("locked", null);

    @ParameterizedTest
    @ValueSource(strings = {"/token/", "/session/login/", "/jwt/create/"})
    void a_step_refuses_with_a_reason(String path) {
        Site site = new Site(builder -> builder.jwt(KEYS).loginSteps(EXPIRED));

        AuthResponse response = site.logIn(path, "ann", Users.PASSWORD);

        assertThat(response.status()).isEqualTo(403);
        assertThat(text(response))
                .isEqualTo("{\"detail\":\"Your password has expired.\",\"code\":\"password_expired\"}");
        assertThat(header(response, "Set-Cookie")).isEmpty();
        assertThat(site.events.of(AuthEvent.TokenIssued.class)).isEmpty();
        assertThat(site.events.of(AuthEvent.LoggedIn.class)).isEmpty();
        assertThat(site.events.of(AuthEvent.LoginFailed.class))
                .extracting(AuthEvent.LoginFailed::reason)
                .containsExactly("password_expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/token/", "/session/login/", "/jwt/create/"})
    void a_step_refuses_without_revealing_that_the_password_was_right(String path) {
        Site site = new Site(builder -> builder.jwt(KEYS).loginSteps(LOCKED));

        AuthResponse right = site.logIn(path, "ann", Users.PASSWORD);
        AuthResponse wrong = site.logIn(path, "ann", "wrong");

        assertThat(right.status()).isEqualTo(wrong.status());
        assertThat(right.headers()).isEqualTo(wrong.headers());
        assertThat(text(right)).isEqualTo(text(wrong));
        assertThat(site.events.of(AuthEvent.LoginFailed.class))
                .extracting(AuthEvent.LoginFailed::reason)
                .containsExactly("locked", "wrong_password");
    }

    @Test
    void steps_run_in_order_and_see_the_login_and_the_user() {
        List<String> seen = new ArrayList<>();
        Site site = new Site(builder -> builder.loginSteps(noting(seen, "first"), noting(seen, "second"))
                .loginSteps(noting(seen, "third")));

        AuthResponse response = site.logIn("/token/", "ann", Users.PASSWORD);

        assertThat(response.status()).isEqualTo(200);
        assertThat(seen)
                .containsExactly(
                        "first ann LoginAttempt[password for token, completed []]",
                        "second ann LoginAttempt[password for token, completed []]",
                        "third ann LoginAttempt[password for token, completed []]");
    }

    @Test
    void steps_do_not_run_for_a_wrong_password() {
        List<String> seen = new ArrayList<>();
        Site site = new Site(builder -> builder.loginSteps(noting(seen, "first")));

        site.logIn("/token/", "ann", "wrong");
        site.logIn("/token/", "ida", Users.PASSWORD);

        assertThat(seen).isEmpty();
    }

    @Test
    void steps_run_for_basic_too() {
        Site refusing = new Site(builder -> builder.loginSteps(EXPIRED));
        Site exempting = new Site(builder -> builder.loginSteps((attempt, user) ->
                attempt.issuer().equals("basic") ? StepResult.proceed() : EXPIRED.after(attempt, user)));
        FakeRequest request = FakeRequest.get().authorization("Basic YW5uOnBhIHNz");

        assertThat(refusing.postern.guard().enter(request))
                .isInstanceOfSatisfying(
                        Guard.Respond.class,
                        denied -> assertThat(Site.text(denied.response()))
                                .isEqualTo("{\"detail\":\"Invalid username/password.\"}"));
        assertThat(refusing.events.of(AuthEvent.RequestDenied.class))
                .extracting(AuthEvent.RequestDenied::reason)
                .containsExactly("password_expired");
        assertThat(exempting.postern.gate().check(request, exempting.postern.defaultPolicy()))
                .isInstanceOf(Verdict.Granted.class);
        assertThat(exempting.logIn("/token/", "ann", Users.PASSWORD).status()).isEqualTo(403);
    }

    @Test
    void a_user_verified_by_other_means_gets_the_configured_credential() {
        Site site = new Site(builder -> builder.jwt(KEYS));
        LoginFlow flow = site.postern.loginFlow();
        StoredUser ann = site.users.findById("1").orElseThrow();

        LoginFlow.Outcome pair = flow.login(flow.attempt(FakeRequest.post(), "oidc"), ann);
        LoginFlow.Outcome token =
                flow.login(flow.attempt(FakeRequest.post(), "oidc").withIssuer("token"), ann);

        assertThat(((LoginFlow.Outcome.LoggedIn) pair).response().body())
                .asString()
                .startsWith("{\"refresh\":");
        assertThat(((LoginFlow.Outcome.LoggedIn) token).response().body())
                .asString()
                .startsWith("{\"token\":");
        assertThat(site.events.of(AuthEvent.LoggedIn.class))
                .extracting(AuthEvent.LoggedIn::method)
                .containsExactly("jwt", "token");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        flow.login(flow.attempt(FakeRequest.post(), "oidc").withIssuer("saml"), ann))
                .withMessage("no credential issuer is named saml: use one of [jwt, token, session]");
    }

    @Test
    void the_default_credential_can_be_chosen() {
        Site site = new Site(builder -> builder.jwt(KEYS).loginIssuer("session"));

        assertThat(site.postern.loginFlow().attempt(FakeRequest.post(), "oidc").issuer())
                .isEqualTo("session");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> site.builder().loginIssuer("saml").build())
                .withMessage("no credential issuer is named saml: set the default issuer to one of [token, session]");
    }

    @Test
    void the_continuation_is_mounted_only_if_a_step_can_challenge() {
        Site plain =
                new Site(builder -> builder.loginSteps(EXPIRED).oneTimeSecrets(new InMemoryStores().oneTimeSecrets()));
        Site challenging = new Site(builder ->
                builder.loginSteps(new CodeStep("totp")).oneTimeSecrets(new InMemoryStores().oneTimeSecrets()));

        assertThat(plain.postern.endpoints().paths()).doesNotContain("/login/continue/");
        assertThat(challenging.postern.endpoints().paths()).contains("/login/continue/");
    }

    @Test
    void a_challenge_is_a_problem_document_where_errors_are() {
        Site site = new Site(builder -> builder.errorFormat(ErrorFormat.PROBLEM_DETAILS)
                .loginSteps(new CodeStep("totp"))
                .oneTimeSecrets(new InMemoryStores().oneTimeSecrets()));

        AuthResponse response = site.logIn("/token/", "ann", Users.PASSWORD);

        assertThat(header(response, "Content-Type")).containsExactly("application/problem+json");
        assertThat(text(response)).contains("\"code\":\"login_challenge\"", "\"challenge\":\"totp\"");
    }

    @Test
    void members_of_a_challenge_cannot_replace_those_of_the_flow() {
        LoginFlow.Outcome.Challenged outcome = new LoginFlow.Outcome.Challenged(
                "totp", "the-token", Duration.ofMinutes(1), Map.of("login_token", "another", "code", "x"));

        AuthResponse response = new Site().postern.loginFlow().respond(outcome, AuthResponse.empty(400));

        assertThat(text(response)).contains("\"login_token\":\"the-token\"", "\"code\":\"login_challenge\"");
        assertThat(outcome.toString()).doesNotContain("the-token");
    }

    @Test
    void what_cannot_work_fails_at_build() {
        Site site = new Site();

        assertThatIllegalStateException()
                .isThrownBy(
                        () -> site.builder().loginSteps(new CodeStep("totp")).build())
                .withMessageContainingAll("[totp]", ".oneTimeSecrets(store)", "new InMemoryStores().oneTimeSecrets()");
        assertThatIllegalStateException()
                .isThrownBy(() -> site.builder()
                        .loginSteps(new CodeStep("totp"), new CodeStep("totp"))
                        .oneTimeSecrets(new InMemoryStores().oneTimeSecrets())
                        .build())
                .withMessage("two login steps are named totp");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> site.builder().pendingLogins(Duration.ZERO, 5).build())
                .withMessageContaining("pendingLogins");
        PosternBuilder withoutUsers = Postern.builder()
                .jwt(KEYS)
                .loginSteps(EXPIRED)
                .authenticators(jwt(), basic())
                .permissions(isAuthenticated());
        assertThatIllegalStateException()
                .isThrownBy(withoutUsers::build)
                .withMessage("login steps without users: call .users(userStore) on the builder");
    }

    @Test
    void a_challenge_of_a_step_that_cannot_complete_it_is_a_programming_error() {
        Site site = new Site(builder -> builder.loginSteps((attempt, user) -> new StepResult.Challenge("totp")));

        assertThat(site.logIn("/token/", "ann", Users.PASSWORD).status()).isEqualTo(500);
        assertThatIllegalStateException()
                .isThrownBy(() -> site.postern
                        .loginFlow()
                        .login(
                                new LoginAttempt(FakeRequest.post(), "token", "password", "", List.of()),
                                site.users.findByUsername("ann").orElseThrow()))
                .withMessageContaining("a challenge needs a ChallengeStep");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StepResult.Challenge("totp", "x".repeat(4_097), Map.of()));
    }

    @Test
    void a_long_device_name_fits_into_a_pending_login() {
        Site site = new Site(builder -> builder.jwt(KEYS)
                .loginSteps(new CodeStep("totp"))
                .oneTimeSecrets(new InMemoryStores().oneTimeSecrets()));

        AuthResponse response = site.json(
                "/jwt/create/",
                "{\"username\":\"ann\",\"password\":\"pa ss\",\"device\":\"" + "\\u2028".repeat(2_000) + "\"}");

        assertThat(response.status()).isEqualTo(403);
    }

    @Test
    void a_deactivated_user_is_refused_by_every_login() {
        Site site = new Site();
        LoginFlow flow = site.postern.loginFlow();
        StoredUser ida = site.users.findById("2").orElseThrow();
        LoginAttempt attempt = flow.attempt(FakeRequest.post(), "magic-link");

        assertThat(flow.login(attempt, ida)).isEqualTo(new LoginFlow.Outcome.Refused("inactive_user", null));
        assertThat(flow.refuse(attempt, ida)).contains("inactive_user");
        assertThat(site.events.of(AuthEvent.LoginFailed.class))
                .extracting(AuthEvent.LoginFailed::reason)
                .containsExactly("inactive_user");
        assertThat(site.events.of(AuthEvent.TokenIssued.class)).isEmpty();
    }

    @Test
    void a_login_of_an_application_can_refuse_foreign_origins() {
        LoginFlow flow = new Site().postern.loginFlow();
        FakeRequest foreign = FakeRequest.post().header("Origin", "https://evil.example");

        assertThatExceptionOfType(DeniedException.class)
                .isThrownBy(() ->
                        flow.requireAccepted(flow.attempt(foreign, "magic-link").withIssuer("session")))
                .satisfies(thrown -> assertThat(thrown.denial().status()).isEqualTo(403));
        assertThatNoException()
                .isThrownBy(() ->
                        flow.requireAccepted(flow.attempt(foreign, "magic-link").withIssuer("token")));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        flow.requireAccepted(flow.attempt(foreign, "magic-link").withIssuer("none")));
    }

    @Test
    void a_session_whose_cookie_browsers_drop_is_reported_at_the_login() {
        Site site = new Site(builder ->
                builder.sessions(new InMemoryStores().find(SessionStore.class).orElseThrow()));
        LoginFlow flow = site.postern.loginFlow();
        StoredUser user = site.users.findById("1").orElseThrow();

        flow.login(flow.attempt(FakeRequest.post().overTls(), "magic-link").withIssuer("session"), user);
        assertThat(site.events.of(AuthEvent.SessionUnrecognized.class)).isEmpty();

        flow.login(flow.attempt(FakeRequest.post(), "magic-link").withIssuer("session"), user);
        assertThat(site.events.of(AuthEvent.SessionUnrecognized.class))
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).contains("__Host-session", "plain HTTP"));
    }

    @Test
    void a_login_can_send_the_cookies_with_a_response_of_its_own() {
        Site site = new Site(builder ->
                builder.sessions(new InMemoryStores().find(SessionStore.class).orElseThrow()));
        LoginFlow flow = site.postern.loginFlow();

        LoginFlow.Outcome outcome = flow.login(
                flow.attempt(FakeRequest.post().overTls(), "magic-link").withIssuer("session"),
                site.users.findById("1").orElseThrow());

        LoginFlow.Outcome.LoggedIn loggedIn = (LoginFlow.Outcome.LoggedIn) outcome;
        assertThat(loggedIn.cookies())
                .isEqualTo(header(loggedIn.response(), "Set-Cookie"))
                .hasSize(2);
    }

    @Test
    void a_bundle_with_tokens_does_not_make_them_the_credential_of_logins() {
        InMemoryStores stores = new InMemoryStores();

        assertThat(defaultIssuer(bundled(stores).authenticators(session()))).isEqualTo("session");
        assertThat(defaultIssuer(bundled(stores).authenticators(session(), token())))
                .isEqualTo("token");
        assertThat(defaultIssuer(bundled(stores).authenticators(session()).tokens(tokens -> tokens)))
                .isEqualTo("token");
        assertThat(defaultIssuer(bundled(stores)
                        .authenticators(session())
                        .policy("/api/*", policy -> policy.authenticators(token()))))
                .isEqualTo("token");
        assertThat(defaultIssuer(bundled(stores).authenticators(session()).loginIssuer("token")))
                .isEqualTo("token");
    }

    private static PosternBuilder bundled(InMemoryStores stores) {
        return Postern.builder().stores(stores).permissions(isAuthenticated());
    }

    private static String defaultIssuer(PosternBuilder builder) {
        return builder.build().loginFlow().attempt(FakeRequest.post(), "oidc").issuer();
    }

    @Test
    void a_state_that_does_not_fit_when_it_is_stored_is_refused_at_the_step() {
        StepResult.Challenge longest = new StepResult.Challenge("totp", "\0".repeat(682), Map.of());

        assertThat(longest.state()).hasSize(682);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StepResult.Challenge("totp", "\0".repeat(683), Map.of()))
                .withMessageContaining("as a JSON string, not 4098");
    }

    private static LoginStep noting(List<String> seen, String name) {
        return (attempt, user) -> {
            seen.add(name + " " + user.user().username() + " " + attempt);
            return StepResult.proceed();
        };
    }
}
