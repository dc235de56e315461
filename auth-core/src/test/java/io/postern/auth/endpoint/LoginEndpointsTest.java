package io.postern.auth.endpoint;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static io.postern.auth.testing.Site.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.auth.AuthResponse;
import io.postern.auth.StoreException;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.login.CredentialIssuer;
import io.postern.auth.login.LoginAttempt;
import io.postern.auth.login.LoginFlow;
import io.postern.auth.login.internal.LoginEndpoint;
import io.postern.auth.password.Password;
import io.postern.auth.testing.LoginContract;
import io.postern.auth.testing.Site;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.user.StoredUser;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** drf-contract AT-3 to AT-7, AT-11. */
class LoginEndpointsTest implements LoginContract {

    private final Site site = new Site();

    @Test
    void a_login_gets_a_token_that_works() {
        AuthResponse response = site.logIn("/token/", "ann", Users.PASSWORD);

        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).matches("\\{\"token\":\"postern_[A-Za-z0-9_-]{49}\"}");
        String token = text(response).split("\"", -1)[3];
        assertThat(site.postern.tokens().find(token)).isPresent();
        assertThat(site.events.of(AuthEvent.LoggedIn.class)).singleElement().satisfies(event -> {
            assertThat(event.userId()).isEqualTo("1");
            assertThat(event.method()).isEqualTo("token");
            assertThat(event.address()).isEqualTo("192.0.2.1");
        });
    }

    @Test
    void a_token_of_the_old_password_does_not_outlive_a_change_that_came_in_between() {
        String another = Users.HASHER.hash(Password.of("another"));
        Postern changing = Postern.builder()
                .users(site.users)
                .passwords(login -> login.hasher(Users.HASHER))
                .tokens(new InMemoryStores().tokens())
                .listeners(event -> {
                    if (event instanceof AuthEvent.TokenIssued) {
                        site.users.setPasswordHash("1", another);
                    }
                })
                .authenticators(basic())
                .permissions(isAuthenticated())
                .build();
        byte[] body = ("{\"username\":\"ann\",\"password\":\"" + Users.PASSWORD + "\"}").getBytes(UTF_8);
        FakeRequest request = FakeRequest.post().header("Content-Type", "application/json");

        AuthResponse response = changing.guard().endpoint(request, "/token/", new ByteArrayInputStream(body));

        assertThat(response.status()).isEqualTo(200);
        assertThat(changing.tokens().find(text(response).split("\"", -1)[3])).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ann, wrong", "nobody, pa ss", "ida, pa ss", "Ann, pa ss", "ann, Pa ss", "' OR '1'='1, x"})
    void every_failed_login_is_answered_alike(String username, String password) {
        AuthResponse token = site.logIn("/token/", username.replace("'", ""), password);

        assertThat(token.status()).isEqualTo(400);
        assertThat(text(token)).isEqualTo("{\"non_field_errors\":[\"Unable to log in with provided credentials.\"]}");
        assertThat(site.events.of(AuthEvent.LoginFailed.class)).hasSize(1);
        assertThat(site.events.of(AuthEvent.LoggedIn.class)).isEmpty();
        assertThat(site.events.of(AuthEvent.TokenIssued.class)).isEmpty();
    }

    @Test
    void a_login_whose_credential_cannot_be_issued_is_not_an_event() {
        LoginFlow flow = LoginFlow.builder(site.users)
                .issuer(new FailingIssuer())
                .listener(site.events)
                .build();
        EndpointRequest request = EndpointRequest.of(
                FakeRequest.post().header("Content-Type", "application/json"),
                "/mine/",
                "{\"username\":\"ann\",\"password\":\"pa ss\"}".getBytes(UTF_8));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> LoginEndpoint.token(ErrorFormat.DRF, site.postern.passwords(), flow)
                        .handle(request));
        assertThat(site.events.all()).isEmpty();
    }

    private record FailingIssuer() implements CredentialIssuer {

        @Override
        public String name() {
            return "token";
        }

        @Override
        public AuthResponse issue(LoginAttempt attempt, StoredUser user) {
            throw new StoreException("down");
        }
    }

    @Test
    void names_are_trimmed_and_passwords_are_not() {
        assertThat(site.logIn("/token/", " ann ", Users.PASSWORD).status()).isEqualTo(200);
        assertThat(site.logIn("/token/", "ann", " " + Users.PASSWORD).status()).isEqualTo(400);
    }

    @Test
    void the_session_login_takes_post_alone_and_tells_when_it_is_busy() {
        assertThatOnlyPostLogsIn("/session/login/");
        assertThatBusyIsTold("/session/login/");
    }

    @Override
    public Site site() {
        return site;
    }

    @Override
    public String path() {
        return "/token/";
    }
}
