package io.postern.auth.jwt.endpoint;

import static io.postern.auth.jwt.endpoint.CookieSite.ACCESS;
import static io.postern.auth.jwt.endpoint.CookieSite.LOGIN;
import static io.postern.auth.jwt.endpoint.CookieSite.REFRESH;
import static io.postern.auth.testing.Site.header;
import static io.postern.auth.testing.Site.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.AuthResponse;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.jwt.JwtTokens.VerifyResult;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.user.Device;
import io.postern.auth.user.Paging;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTransportTest {

    private static final String NO_TOKEN =
            "{\"detail\":\"No valid refresh token found.\",\"code\":\"token_not_valid\"}";

    private final CookieSite site = new CookieSite();

    @Test
    void a_login_hands_out_cookies_and_no_token_in_the_body() {
        AuthResponse response = site.fromPage("/jwt/create/", LOGIN);

        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response))
                .matches("\\{\"csrfToken\":\"[A-Za-z0-9]{64}\"}")
                .doesNotContain("eyJ");
        assertThat(header(response, "Set-Cookie"))
                .hasSize(3)
                .anySatisfy(cookie -> assertThat(cookie)
                        .matches("__Host-access=eyJ[^;]+; Max-Age=300; Path=/; SameSite=Lax; Secure; HttpOnly"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .matches("__Secure-refresh=eyJ[^;]+; Max-Age=86400; Path=/auth/jwt/; SameSite=Strict; Secure;"
                                + " HttpOnly"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("csrftoken=")
                        .contains("Secure")
                        .doesNotContain("HttpOnly"));
        assertThat(site.reader()).contains("ann");
    }

    @Test
    void a_refused_login_sets_no_cookie() {
        AuthResponse response = site.fromPage("/jwt/create/", LOGIN.replace("pa ss", "wrong"));

        assertThat(response.status()).isEqualTo(401);
        assertThat(header(response, "Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jwt/create/", "/jwt/refresh/", "/jwt/logout/"})
    void a_page_of_stranger_elses_changes_nothing(String path) {
        site.logIn();
        Map<String, String> before = Map.copyOf(site.jar);
        for (String origin : List.of("https://evil.example", "null", "http://app.example.com")) {
            FakeRequest request = FakeRequest.post()
                    .overTls()
                    .header("Host", "app.example.com")
                    .header("Origin", origin)
                    .header("Content-Type", "application/json");

            AuthResponse bare = site.send(request, path, LOGIN);
            AuthResponse withCookies = site.send(site.withJar(request), path, LOGIN);

            for (AuthResponse response : List.of(bare, withCookies)) {
                assertThat(response.status()).as(origin).isEqualTo(403);
                assertThat(text(response)).contains("CSRF Failed: Origin checking failed");
                assertThat(header(response, "Set-Cookie")).isEmpty();
            }
        }
        assertThat(site.jar).isEqualTo(before);
        assertThat(site.events.of(AuthEvent.RequestDenied.class))
                .hasSize(6)
                .allMatch(event -> event.reason().equals("csrf_failed"));
        assertThat(site.fromPage("/jwt/refresh/", "").status()).isEqualTo(200);
    }

    @Test
    void a_refresh_by_cookie_sets_new_cookies() {
        site.logIn();
        String before = site.jar.get(REFRESH);

        AuthResponse response = site.fromPage("/jwt/refresh/", "");

        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).isEqualTo("{}");
        assertThat(header(response, "Set-Cookie")).hasSize(2).allMatch(cookie -> cookie.endsWith("; Secure; HttpOnly"));
        assertThat(site.jar.get(REFRESH)).isNotEqualTo(before);
        assertThat(site.reader()).contains("ann");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jwt/refresh/", "/jwt/logout/"})
    void a_cookie_needs_the_proof(String path) {
        site.logIn();
        Map<String, String> before = Map.copyOf(site.jar);

        AuthResponse response = site.send(site.withJar(site.post()), path, "");

        assertThat(response.status()).isEqualTo(403);
        assertThat(text(response)).isEqualTo("{\"detail\":\"CSRF Failed: CSRF token missing.\"}");
        assertThat(header(response, "Set-Cookie")).isEmpty();
        assertThat(site.events.of(AuthEvent.RequestDenied.class))
                .extracting(AuthEvent.RequestDenied::reason)
                .containsExactly("csrf_failed");
        assertThat(site.jar).isEqualTo(before);
        assertThat(site.fromPage("/jwt/refresh/", "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jwt/refresh/", "/jwt/logout/"})
    void a_cookie_that_was_just_used_needs_the_proof_too(String path) {
        site.logIn();
        String used = site.jar.get(REFRESH);
        site.fromPage("/jwt/refresh/", "");
        String current = site.jar.get(REFRESH);

        AuthResponse response =
                site.send(site.post().cookie(REFRESH, used).cookie("csrftoken", site.jar.get("csrftoken")), path, "");

        assertThat(response.status()).isEqualTo(403);
        assertThat(header(response, "Set-Cookie")).isEmpty();
        assertThat(site.logins.verify(current)).isInstanceOf(VerifyResult.Valid.class);
    }

    @Test
    void a_token_in_the_body_takes_precedence_over_the_cookie_and_needs_no_csrf_proof() {
        site.logIn();
        TokenPair other = site.logins.issue(Users.ANN, Device.unknown());
        String cookie = site.jar.get(REFRESH);

        AuthResponse response = site.send(
                site.post().cookie(REFRESH, cookie), "/jwt/refresh/", "{\"refresh\":\"" + other.refresh() + "\"}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).isEqualTo("{}");
        assertThat(site.logins.verify(other.refresh())).isEqualTo(new VerifyResult.Revoked());
        assertThat(site.logins.verify(cookie)).isInstanceOf(VerifyResult.Valid.class);
    }

    @Test
    void of_several_refresh_cookies_the_one_that_is_valid_is_used() {
        site.logIn();
        String cookie = site.jar.get(REFRESH);
        String secret = site.jar.get("csrftoken");
        FakeRequest forged = site.post().cookie(REFRESH, "sibling-application").cookie(REFRESH, cookie);

        assertThat(site.send(forged, "/jwt/refresh/", "").status()).isEqualTo(403);
        AuthResponse response =
                site.send(forged.cookie("csrftoken", secret).header("X-CSRFToken", secret), "/jwt/refresh/", "");

        assertThat(response.status()).isEqualTo(200);
        assertThat(site.logins.verify(cookie)).isEqualTo(new VerifyResult.Revoked());
        assertThat(site.logins.verify(site.jar.get(REFRESH))).isInstanceOf(VerifyResult.Valid.class);
    }

    @Test
    void several_valid_refresh_cookies_count_as_none() {
        site.logIn();
        String cookie = site.jar.get(REFRESH);
        String other = site.logins.issue(Users.ANN, Device.unknown()).refresh();

        AuthResponse response =
                site.send(site.post().cookie(REFRESH, other).cookie(REFRESH, cookie), "/jwt/refresh/", "");

        assertThat(response.status()).isEqualTo(401);
        assertThat(text(response)).isEqualTo(NO_TOKEN);
        assertThat(site.logins.verify(cookie)).isInstanceOf(VerifyResult.Valid.class);
        assertThat(site.logins.verify(other)).isInstanceOf(VerifyResult.Valid.class);
    }

    @Test
    void without_a_token_there_is_nothing_to_refresh() {
        AuthResponse none = site.fromPage("/jwt/refresh/", "");
        AuthResponse two = site.send(site.post().cookie(REFRESH, "a").cookie(REFRESH, "b"), "/jwt/refresh/", "{}");

        for (AuthResponse response : List.of(none, two)) {
            assertThat(response.status()).isEqualTo(401);
            assertThat(text(response)).isEqualTo(NO_TOKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "a.b.c"})
    void an_invalid_cookie_is_refused_without_csrf_proof_and_deleted(String value) {
        AuthResponse response = site.send(site.post().cookie(REFRESH, value), "/jwt/refresh/", "");

        assertThat(response.status()).isEqualTo(401);
        assertDeleted(response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jwt/refresh/", "/jwt/logout/"})
    void a_malformed_body_is_reported_and_changes_nothing(String path) {
        site.logIn();
        Map<String, String> before = Map.copyOf(site.jar);

        AuthResponse response = site.fromPage(path, "{");

        assertThat(response.status()).isEqualTo(400);
        assertThat(text(response)).startsWith("{\"detail\":\"JSON parse error - ");
        assertThat(site.jar).isEqualTo(before);
        assertThat(site.reader()).contains("ann");
    }

    @Test
    void a_stale_cookie_breaks_neither_login_nor_logout() {
        site.logIn();
        site.clock.advance(Duration.ofDays(2));

        assertThat(site.reader()).isEmpty();
        AuthResponse logout = site.send(site.withJar(site.post()), "/jwt/logout/", "");
        assertThat(logout.status()).isEqualTo(204);
        site.jar.put(ACCESS, "stale");
        site.jar.put(REFRESH, "stale");
        assertThat(site.send(site.withJar(site.post()), "/jwt/create/", LOGIN).status())
                .isEqualTo(200);
        assertThat(site.reader()).contains("ann");
    }

    @Test
    void a_logout_ends_the_login_and_clears_the_cookies() {
        site.logIn();
        String access = site.jar.get(ACCESS);
        String refresh = site.jar.get(REFRESH);

        AuthResponse response = site.fromPage("/jwt/logout/", "");

        assertThat(response.status()).isEqualTo(204);
        assertDeleted(response);
        assertThat(site.jar).containsOnlyKeys("csrftoken");
        site.jar.put(ACCESS, access);
        site.jar.put(REFRESH, refresh);
        assertThat(site.reader()).as("the access token").isEmpty();
        assertThat(site.fromPage("/jwt/refresh/", "").status()).isEqualTo(401);
    }

    @Test
    void a_logout_may_be_repeated_and_needs_no_cookie() {
        site.logIn();
        Map<String, String> kept = Map.copyOf(site.jar);
        site.fromPage("/jwt/logout/", "");

        assertThat(site.fromPage("/jwt/logout/", "").status()).isEqualTo(204);
        site.jar.putAll(kept);
        assertThat(site.fromPage("/jwt/logout/", "").status()).isEqualTo(204);
        assertThat(site.fromPage("/jwt/logout/", "{\"refresh\":\"garbage\"}").status())
                .isEqualTo(204);
    }

    @Test
    void a_logout_with_a_cookie_refreshed_in_another_tab_ends_the_login() {
        site.logIn();
        String old = site.jar.get(REFRESH);
        site.fromPage("/jwt/refresh/", "");
        String access = site.jar.get(ACCESS);
        site.jar.put(REFRESH, old);

        assertThat(site.fromPage("/jwt/logout/", "").status()).isEqualTo(204);

        site.jar.put(ACCESS, access);
        assertThat(site.reader()).isEmpty();
        assertThat(site.logins.families("1", Paging.first(1_000))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jwt/create/", "/jwt/refresh/", "/jwt/logout/"})
    void reading_changes_nothing(String path) {
        site.logIn();

        assertThat(site.send(site.withJar(FakeRequest.get().overTls()), path, "")
                        .status())
                .isEqualTo(405);
        assertThat(site.reader()).contains("ann");
    }

    @Test
    void a_thief_in_the_browser_of_the_victim_ends_the_login_of_both() {
        site.logIn();
        String stolen = site.jar.get(REFRESH);
        site.fromPage("/jwt/refresh/", "");
        site.clock.advance(Duration.ofSeconds(6));

        site.jar.put(REFRESH, stolen);
        AuthResponse response = site.fromPage("/jwt/refresh/", "");

        assertThat(response.status()).isEqualTo(401);
        assertThat(text(response)).contains("Token is blacklisted");
        assertDeleted(response);
        assertThat(site.reader()).isEmpty();
    }

    private static void assertDeleted(AuthResponse response) {
        assertThat(header(response, "Set-Cookie"))
                .containsExactly(
                        "__Host-access=; Max-Age=0; Path=/; SameSite=Lax; Secure; HttpOnly;"
                                + " Expires=Thu, 01 Jan 1970 00:00:00 GMT",
                        "__Secure-refresh=; Max-Age=0; Path=/auth/jwt/; SameSite=Strict; Secure; HttpOnly;"
                                + " Expires=Thu, 01 Jan 1970 00:00:00 GMT");
    }
}
