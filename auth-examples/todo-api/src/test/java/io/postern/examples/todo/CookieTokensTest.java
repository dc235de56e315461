package io.postern.examples.todo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.auth.testkit.SettableClock;
import io.postern.examples.todo.Client.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole life of a login whose tokens travel in cookies. */
class CookieTokensTest {

    private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-22T10:00:00Z"));
    private TodoServer server;

    @BeforeEach
    void start() {
        server = TodoServer.start(0, TokenTransport.COOKIES, clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_login_sets_cookies_that_scripts_cannot_read_and_answers_no_token() {
        Client browser = new Client(server.port());

        Answer login = browser.login(DemoUser.ALICE, "laptop");

        assertThat(login.json().fieldNames()).toIterable().containsExactly("csrfToken");
        assertThat(login.http().headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.matches("access=ey.*; Path=/; .*; HttpOnly"))
                .anyMatch(cookie -> cookie.matches("refresh=ey.*; Path=/auth/jwt/; SameSite=Strict; HttpOnly"));
        assertThat(browser.cookieNames()).containsExactly("access", "csrftoken", "refresh");
        assertThat(status(browser)).isEqualTo(200);
    }

    @Test
    void changes_need_the_csrf_token() {
        Client browser = loggedIn("laptop");
        String csrf = browser.forget("X-CSRFToken");

        Answer forged = browser.send("POST", "/todos/", "{\"title\":\"forged\"}");

        assertThat(forged.status()).isEqualTo(403);
        assertThat(forged.detail()).startsWith("CSRF Failed");
        assertThat(browser.send("POST", "/auth/jwt/refresh/").status()).isEqualTo(403);
        assertThat(browser.send("POST", "/auth/jwt/logout/").status()).isEqualTo(403);
        assertThat(browser.send("POST", "/auth/jwt/devices/end-all/").status()).isEqualTo(403);
        browser.with("X-CSRFToken", csrf);
        assertThat(browser.send("POST", "/todos/", "{\"title\":\"mine\"}").status())
                .isEqualTo(201);
    }

    @Test
    void a_refresh_sets_new_cookies() {
        Client browser = loggedIn("laptop");
        String old = browser.cookie("refresh");
        clock.advance(Duration.ofMinutes(5));
        assertThat(status(browser)).isEqualTo(401);

        Answer refreshed = browser.send("POST", "/auth/jwt/refresh/");

        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.text()).isEqualTo("{}");
        assertThat(browser.cookie("refresh")).isNotEqualTo(old);
        assertThat(status(browser)).isEqualTo(200);
    }

    @Test
    void an_old_refresh_token_shown_again_ends_the_whole_login() {
        Client browser = loggedIn("laptop");
        String stolen = browser.cookie("refresh");
        browser.send("POST", "/auth/jwt/refresh/");
        clock.advance(Duration.ofSeconds(6));

        Answer thief =
                new Client(server.port()).send("POST", "/auth/jwt/refresh/", "{\"refresh\":\"%s\"}".formatted(stolen));

        assertThat(thief.status()).isEqualTo(401);
        assertThat(thief.detail()).isEqualTo("Token is blacklisted");
        assertThat(status(browser)).isEqualTo(401);
        assertThat(browser.send("POST", "/auth/jwt/refresh/").status()).isEqualTo(401);
        assertThat(browser.cookieNames()).containsExactly("csrftoken");
    }

    @Test
    void a_logout_clears_the_cookies_and_ends_what_was_in_them() {
        Client browser = loggedIn("laptop");
        Client copy = new Client(server.port()).with("Authorization", "Bearer " + browser.cookie("access"));
        assertThat(status(copy)).isEqualTo(200);

        assertThat(browser.send("POST", "/auth/jwt/logout/").status()).isEqualTo(204);

        assertThat(browser.cookieNames()).containsExactly("csrftoken");
        assertThat(status(browser)).isEqualTo(401);
        assertThat(status(copy)).isEqualTo(401);
    }

    @Test
    void devices_are_listed_and_ended() {
        Client laptop = loggedIn("laptop");
        clock.advance(Duration.ofSeconds(1));
        Client phone = loggedIn("phone");

        JsonNode devices = phone.send("GET", "/auth/jwt/devices/").json().get("devices");

        assertThat(devices.findValuesAsText("label")).containsExactly("laptop", "phone");
        assertThat(devices.findValuesAsText("current")).containsExactly("false", "true");
        assertThat(phone.send("POST", "/auth/jwt/devices/end-others/")
                        .json()
                        .get("ended")
                        .asInt())
                .isEqualTo(1);
        assertThat(status(laptop)).isEqualTo(401);
        assertThat(status(phone)).isEqualTo(200);
    }

    @Test
    void a_logout_everywhere_ends_all_logins() {
        Client laptop = loggedIn("laptop");
        Client phone = loggedIn("phone");

        assertThat(phone.send("POST", "/auth/jwt/devices/end-all/").status()).isEqualTo(200);

        assertThat(status(laptop)).isEqualTo(401);
        assertThat(status(phone)).isEqualTo(401);
    }

    @Test
    void stale_cookies_are_no_obstacle_to_a_public_page_or_a_login() {
        Client browser = loggedIn("laptop");
        clock.advance(Duration.ofDays(2));
        browser.forget("X-CSRFToken");

        assertThat(browser.send("GET", "/").status()).isEqualTo(200);
        assertThat(browser.login(DemoUser.ALICE, "laptop").status()).isEqualTo(200);
        assertThat(status(browser)).isEqualTo(200);
    }

    @Test
    void a_header_goes_before_the_cookies() {
        Client browser = loggedIn("laptop").with("Authorization", Client.basic(DemoUser.BOB));

        assertThat(browser.send("POST", "/todos/", "{\"title\":\"by Basic\"}")
                        .json()
                        .get("owner")
                        .asText())
                .isEqualTo(DemoUser.BOB.user().id());
    }

    @Test
    void every_endpoint_that_is_named_is_there() {
        Client nobody = new Client(server.port());
        String texts = server.welcome() + nobody.send("GET", "/").text();

        assertThat(Pattern.compile("/auth/[a-z/-]+/").matcher(texts).results())
                .hasSizeGreaterThan(10)
                .allSatisfy(path -> assertThat(
                                nobody.send("POST", path.group(), "{}").status())
                        .as(path.group())
                        .isNotEqualTo(404));
    }

    private Client loggedIn(String device) {
        Client browser = new Client(server.port());
        String csrf =
                browser.login(DemoUser.ALICE, device).json().get("csrfToken").asText();
        return browser.with("X-CSRFToken", csrf);
    }

    private static int status(Client client) {
        return client.send("GET", "/todos/").status();
    }
}
