package io.postern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.conformance.Browser.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two servers on one database or one Redis: what is done on one holds on the other. */
class TwoServersTest {

    /** What is promised of revocations that are followed by feed, and a little for the request itself. */
    private static final Duration STALENESS = Duration.ofMillis(1_100);

    private static final Map<String, StoreServer> SERVERS = new HashMap<>();

    private final Browser browser = new Browser();
    private ConformanceServer one;
    private ConformanceServer two;

    @BeforeAll
    static void startStores() throws Exception {
        for (String stores : List.of("jdbc", "redis")) {
            SERVERS.put(stores, StoreServer.start(stores));
        }
    }

    @AfterEach
    void stopServers() {
        one.close();
        two.close();
    }

    @AfterAll
    static void stopStores() throws Exception {
        for (StoreServer backing : SERVERS.values()) {
            backing.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc", "redis"})
    void a_session_of_one_server_holds_on_the_other_until_it_is_ended(String stores) throws Exception {
        start(stores, "default");
        assertThat(browser.logIn(one.port(), "/auth/session/login/").status()).isEqualTo(200);
        String session = browser.cookie("sessionid");

        for (int i = 0; i < 4; i++) {
            Answer answer = browser.get(i % 2 == 0 ? two.port() : one.port(), "/session/", "");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text("user")).isEqualTo("alice");
        }
        assertThat(browser.post(two.port(), "/auth/session/logout/", Map.of()).status())
                .isEqualTo(204);

        assertThat(browser.cookie("sessionid")).isEmpty();
        Browser thief = new Browser().with("sessionid", session);
        assertThat(thief.get(one.port(), "/session/", "").status()).isEqualTo(403);
        assertThat(thief.get(two.port(), "/session/", "").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc", "redis"})
    void an_opaque_token_of_one_server_holds_on_the_other_until_it_is_revoked(String stores) throws Exception {
        start(stores, "default");
        String token = browser.logIn(one.port(), "/auth/token/").text("token");

        assertThat(browser.logIn(two.port(), "/auth/token/").text("token"))
                .as("the same token is told again")
                .isEqualTo(token);
        assertThat(browser.get(two.port(), "/token/", "Token " + token).text("user"))
                .isEqualTo("alice");
        browser.patch(one.port(), "/_test/users/alice/", "{\"password\":\"another-pass-123\"}");

        Answer refused = browser.get(two.port(), "/token/", "Token " + token);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text("detail")).isEqualTo("Invalid token.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc", "redis"})
    void a_login_by_jwt_is_refreshed_on_either_server_and_its_end_reaches_both(String stores) throws Exception {
        start(stores, "revoke");
        Answer first = browser.logIn(one.port(), "/auth/jwt/create/");
        Answer second = refresh(two, first.text("refresh"));
        Answer third = refresh(one, second.text("refresh"));
        assertThat(third.status()).isEqualTo(200);
        for (Answer tokens : new Answer[] {first, second, third}) {
            assertThat(me(one, tokens)).isEqualTo(200);
            assertThat(me(two, tokens)).isEqualTo(200);
        }

        Answer ended = browser.post(one.port(), "/auth/jwt/blacklist/", Map.of("refresh", third.text("refresh")));

        assertThat(ended.status()).isEqualTo(200);
        assertThat(me(one, third)).as("the same server, at once").isEqualTo(401);
        assertThat(refresh(two, third.text("refresh")).text("detail")).isEqualTo("Token is blacklisted");
        Thread.sleep(STALENESS.toMillis());
        for (Answer tokens : new Answer[] {first, second, third}) {
            assertThat(me(one, tokens)).isEqualTo(401);
            assertThat(me(two, tokens)).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc", "redis"})
    void a_stolen_refresh_token_ends_the_login_on_both_servers(String stores) throws Exception {
        start(stores, "rotate");
        Answer first = browser.logIn(one.port(), "/auth/jwt/create/");
        Answer second = refresh(one, first.text("refresh"));

        Answer thief = refresh(two, first.text("refresh"));

        assertThat(thief.status()).isEqualTo(401);
        assertThat(thief.text("detail")).isEqualTo("Token is blacklisted");
        assertThat(refresh(one, second.text("refresh")).status()).isEqualTo(401);
    }

    private void start(String stores, String profile) throws Exception {
        one = ConformanceServer.start(
                0, profile, Storage.open(stores, SERVERS.get(stores).url()));
        two = ConformanceServer.start(
                0, profile, Storage.open(stores, SERVERS.get(stores).url()));
        browser.reset(one.port());
    }

    private Answer refresh(ConformanceServer server, String token) throws Exception {
        return browser.post(server.port(), "/auth/jwt/refresh/", Map.of("refresh", token));
    }

    private int me(ConformanceServer server, Answer tokens) throws Exception {
        return browser.get(server.port(), "/jwt/", "Bearer " + tokens.text("access"))
                .status();
    }
}
