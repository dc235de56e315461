package io.postern.auth.endpoint;

import static io.postern.auth.testing.Site.header;
import static io.postern.auth.testing.Site.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.InMemoryStores;
import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.SessionHandle;
import io.postern.auth.StoreException;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.internal.request.RequestWrapper;
import io.postern.auth.testing.Site;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** drf-contract CF-6, SE-6. */
class SessionEndpointsTest {

    private static FakeRequest withSession(String session, String secret) {
        return json().overTls()
                .header("Host", "app.example.com")
                .header("Origin", "https://app.example.com")
                .cookie("__Host-session", session)
                .cookie("csrftoken", secret);
    }

    private static String valueOf(String cookie) {
        return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    }

    private static final String CREDENTIALS = "{\"username\":\"ann\",\"password\":\"pa ss\"}";

    private final Site site = new Site();

    @Test
    void a_login_gives_a_new_session_and_a_new_csrf_secret() {
        FakeRequest request = json();
        AuthResponse response = site.ask(request, "/session/login/", CREDENTIALS);

        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).matches("\\{\"user\":\"ann\",\"csrfToken\":\"[a-zA-Z0-9]{64}\"}");
        assertThat(header(response, "Set-Cookie").get(0)).matches("csrftoken=[a-zA-Z0-9]{32}; .*");
        assertThat(request.session().starts()).isEqualTo(1);
        assertThat(request.session().attribute("io.postern.user")).contains(Users.ANN.id());
        assertThat(site.postern.sessions().csrfSecret(request)).isPresent();
    }

    @Test
    void a_kept_session_travels_in_its_cookie_until_logout() {
        Site kept = new Site(builder -> builder.sessions(new InMemoryStores().sessions(), settings -> settings));
        AuthResponse response = kept.ask(json(), "/session/login/", CREDENTIALS);
        List<String> cookies = header(response, "Set-Cookie");
        assertThat(cookies).hasSize(2);
        String session = valueOf(cookies.get(1));
        assertThat(cookies.get(1))
                .isEqualTo("__Host-session=" + session + "; Max-Age=1209600; Path=/; SameSite=Lax; Secure; HttpOnly");
        String secret = valueOf(cookies.get(0));

        AuthResponse logout =
                kept.ask(withSession(session, secret).header("X-CSRFToken", secret), "/session/logout/", "");

        assertThat(logout.status()).isEqualTo(204);
        assertThat(header(logout, "Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("__Host-session=; Max-Age=0; Path=/;");
        assertThat(kept.ask(withSession(session, secret).header("X-CSRFToken", secret), "/session/logout/", "")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_second_login_gives_another_session_and_another_secret() {
        FakeRequest request = json();
        String first = cookie(site.ask(request, "/session/login/", CREDENTIALS));
        String second = cookie(site.ask(request, "/session/login/", CREDENTIALS));

        assertThat(request.session().starts()).isEqualTo(2);
        assertThat(second).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"username\":\"ann\",\"password\":\"wrong\"}",
                "{\"username\":\"ida\",\"password\":\"pa ss\"}",
                "{\"username\":\"nobody\",\"password\":\"pa ss\"}",
                "{\"username\":\" ann \",\"password\":\"pa ss\"}",
                "{\"username\":\"ann\",\"password\":\"pa ss \"}",
                "{\"username\":\"ann\"}",
                "{}"
            })
    void a_failed_login_gives_no_session_and_is_answered_alike(String body) {
        FakeRequest request = json();
        AuthResponse response = site.ask(request, "/session/login/", body);

        assertThat(response.status()).isEqualTo(400);
        assertThat(text(response)).isEqualTo("{\"detail\":\"Unable to log in with provided credentials.\"}");
        assertThat(header(response, "Set-Cookie")).isEmpty();
        assertThat(request.session().starts()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "", "http://api.example.evil"})
    void a_login_from_a_foreign_page_is_refused_before_the_password_is_looked_at(String origin) {
        FakeRequest request = json().header("Host", "api.example").header("Origin", origin);
        AuthResponse response = site.ask(request, "/session/login/", CREDENTIALS);

        assertThat(response.status()).isEqualTo(403);
        assertThat(text(response)).startsWith("{\"detail\":\"CSRF Failed: Origin checking failed - ");
        assertThat(request.session().starts()).isZero();
        assertThat(site.events.of(AuthEvent.LoggedIn.class)).isEmpty();
        assertThat(site.events.of(AuthEvent.RequestDenied.class))
                .extracting(AuthEvent.RequestDenied::reason)
                .containsExactly("csrf_failed");
    }

    @Test
    void a_logout_with_its_proof_ends_the_session() {
        FakeRequest request = loggedIn();
        AuthResponse response = site.ask(request, "/session/logout/", "");

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(request.session().attributes()).isEmpty();
        assertThat(site.events.of(AuthEvent.LoggedOut.class))
                .singleElement()
                .satisfies(event -> assertThat(event.userId()).isEqualTo("1"));
    }

    @Test
    void the_token_that_a_login_tells_is_proof_for_its_session() {
        FakeRequest login = json();
        AuthResponse response = site.ask(login, "/session/login/", CREDENTIALS);
        FakeRequest logout = FakeRequest.post()
                .session(login.session())
                .cookie("csrftoken", cookie(response))
                .header("X-CSRFToken", text(response).split("\"", -1)[7]);

        assertThat(site.ask(logout, "/session/logout/", "").status()).isEqualTo(204);
    }

    @Test
    void a_logout_that_fails_is_not_told() {
        FakeRequest login = loggedIn();
        AuthRequest failing = new EndFails(login);
        byte[] nothing = new byte[0];

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> new LogOut(site.postern.sessions(), site.events, Clock.systemUTC())
                        .handle(EndpointRequest.of(failing, "/session/logout/", nothing)));
        assertThat(site.events.of(AuthEvent.LoggedOut.class)).isEmpty();
    }

    private record EndFails(AuthRequest wrapped) implements RequestWrapper {

        @Override
        public SessionHandle session() {
            throw new StoreException("sessions are down");
        }
    }

    @Test
    void a_logout_without_proof_is_refused() {
        FakeRequest login = json();
        site.ask(login, "/session/login/", CREDENTIALS);
        FakeRequest request = FakeRequest.post().session(login.session());
        AuthResponse response = site.ask(request, "/session/logout/", "");

        assertThat(response.status()).isEqualTo(403);
        assertThat(text(response)).isEqualTo("{\"detail\":\"CSRF Failed: CSRF cookie not set.\"}");
        assertThat(login.session().attributes()).isNotEmpty();
        assertThat(site.events.of(AuthEvent.RequestDenied.class))
                .extracting(AuthEvent.RequestDenied::reason)
                .contains("csrf_failed");
    }

    @Test
    void a_proof_may_come_in_a_form_but_not_in_json() {
        FakeRequest login = json();
        String secret = cookie(site.ask(login, "/session/login/", CREDENTIALS));
        FakeRequest form = FakeRequest.post()
                .header("Content-Type", "application/x-www-form-urlencoded")
                .cookie("csrftoken", secret)
                .session(login.session());
        FakeRequest json = json().cookie("csrftoken", secret).session(login.session());

        assertThat(site.ask(json, "/session/logout/", "{\"csrfmiddlewaretoken\":\"" + secret + "\"}")
                        .status())
                .isEqualTo(403);
        assertThat(site.ask(form, "/session/logout/", "csrfmiddlewaretoken=" + secret)
                        .status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE"})
    void only_post_logs_out(String method) {
        FakeRequest login = loggedIn();
        FakeRequest request = FakeRequest.of(method, "/")
                .session(login.session())
                .cookie("csrftoken", login.cookies("csrftoken").get(0))
                .header("X-CSRFToken", login.cookies("csrftoken").get(0));

        assertThat(site.ask(request, "/session/logout/", "").status()).isEqualTo(405);
        assertThat(login.session().attributes()).isNotEmpty();
    }

    @Test
    void nobody_cannot_log_out() {
        assertThat(site.ask(FakeRequest.post(), "/session/logout/", "").status())
                .isEqualTo(403);
    }

    @Test
    void the_token_that_is_shown_belongs_to_the_cookie_and_the_session() {
        FakeRequest login = loggedIn();
        String secret = login.cookies("csrftoken").get(0);
        AuthResponse response = site.ask(FakeRequest.get().session(login.session()), "/csrf/", "");
        FakeRequest logout = FakeRequest.post()
                .session(login.session())
                .cookie("csrftoken", cookie(response))
                .header("X-CSRFToken", text(response).split("\"", -1)[3]);

        assertThat(cookie(response)).isEqualTo(secret);
        assertThat(site.ask(logout, "/session/logout/", "").status()).isEqualTo(204);
    }

    @Test
    void a_planted_cookie_does_not_become_the_secret_of_a_session() {
        FakeRequest login = loggedIn();
        String secret = login.cookies("csrftoken").get(0);
        FakeRequest planted = FakeRequest.get().session(login.session()).cookie("csrftoken", "a".repeat(32));

        assertThat(cookie(site.ask(planted, "/csrf/", ""))).isEqualTo(secret);
    }

    @Test
    void anonymous_callers_keep_their_cookie_and_get_no_session() {
        FakeRequest fresh = FakeRequest.get();
        String secret = cookie(site.ask(fresh, "/csrf/", ""));
        FakeRequest again = FakeRequest.get().cookie("csrftoken", secret);
        FakeRequest odd = FakeRequest.get().cookie("csrftoken", "x\r\nSet-Cookie: a=b");

        assertThat(cookie(site.ask(again, "/csrf/", ""))).isEqualTo(secret);
        assertThat(cookie(site.ask(odd, "/csrf/", ""))).matches("[a-zA-Z0-9]{32}");
        assertThat(fresh.session().starts()).isZero();
    }

    private FakeRequest loggedIn() {
        FakeRequest login = json();
        String secret = cookie(site.ask(login, "/session/login/", CREDENTIALS));
        return FakeRequest.post()
                .session(login.session())
                .cookie("csrftoken", secret)
                .header("X-CSRFToken", secret);
    }

    private static String cookie(AuthResponse response) {
        return header(response, "Set-Cookie").get(0).replaceFirst("csrftoken=([^;]*);.*", "$1");
    }

    private static FakeRequest json() {
        return FakeRequest.post().header("Content-Type", "application/json");
    }
}
