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

/** The whole life of a login whose tokens travel in bodies and headers. */
class HeaderTokensTest {

    private static final Duration LONGER_THAN_THE_GRACE = Duration.ofSeconds(6);

    private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-22T10:00:00Z"));
    private TodoServer server;

    @BeforeEach
    void start() {
        server = TodoServer.start(0, TokenTransport.HEADER, clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_refresh_answers_a_pair_that_works() {
        Pair first = login(DemoUser.ALICE, "laptop");
        clock.advance(Duration.ofMinutes(5));
        assertThat(status(first)).isEqualTo(401);

        Pair second = pairOf(refresh(first));

        assertThat(status(second)).isEqualTo(200);
        assertThat(second.refresh()).isNotEqualTo(first.refresh());
    }

    @Test
    void an_answer_that_was_lost_can_be_had_again_for_some_seconds() {
        Pair first = login(DemoUser.ALICE, "laptop");
        Pair lost = pairOf(refresh(first));
        clock.advance(Duration.ofSeconds(4));

        Pair again = pairOf(refresh(first));

        assertThat(again.refresh()).isEqualTo(lost.refresh());
        assertThat(status(again)).isEqualTo(200);
        assertThat(devices(again)).hasSize(1);
    }

    @Test
    void an_old_refresh_token_shown_again_ends_the_whole_login() {
        Pair stolen = login(DemoUser.ALICE, "laptop");
        Pair current = pairOf(refresh(stolen));
        Pair elsewhere = login(DemoUser.ALICE, "phone");
        clock.advance(LONGER_THAN_THE_GRACE);

        Answer reused = refresh(stolen);

        assertThat(reused.status()).isEqualTo(401);
        assertThat(reused.detail()).isEqualTo("Token is blacklisted");
        assertThat(refresh(current).detail()).isEqualTo("Token is blacklisted");
        assertThat(status(current)).isEqualTo(401);
        assertThat(status(stolen)).isEqualTo(401);
        assertThat(status(elsewhere)).isEqualTo(200);
    }

    @Test
    void a_logout_ends_the_access_token_at_once() {
        Pair pair = login(DemoUser.ALICE, "laptop");

        assertThat(post("/auth/jwt/blacklist/", field("refresh", pair.refresh()))
                        .status())
                .isEqualTo(200);

        assertThat(status(pair)).isEqualTo(401);
        assertThat(refresh(pair).status()).isEqualTo(401);
    }

    @Test
    void a_logout_everywhere_ends_all_logins_of_that_user_alone() {
        Pair laptop = login(DemoUser.ALICE, "laptop");
        Pair phone = login(DemoUser.ALICE, "phone");
        Pair bob = login(DemoUser.BOB, "desk");

        Answer ended = bearer(phone).send("POST", "/auth/jwt/devices/end-all/");

        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.json().get("ended").asInt()).isEqualTo(2);
        assertThat(status(laptop)).isEqualTo(401);
        assertThat(status(phone)).isEqualTo(401);
        assertThat(refresh(laptop).status()).isEqualTo(401);
        assertThat(status(bob)).isEqualTo(200);
        assertThat(status(login(DemoUser.ALICE, "laptop"))).isEqualTo(200);
    }

    @Test
    void devices_are_listed_and_ended_one_by_one() {
        Pair laptop = login(DemoUser.ALICE, "laptop");
        clock.advance(Duration.ofSeconds(1));
        Pair phone = login(DemoUser.ALICE, "phone");
        login(DemoUser.BOB, "desk");

        JsonNode devices = devices(phone);

        assertThat(devices.findValuesAsText("label")).containsExactly("laptop", "phone");
        assertThat(devices.findValuesAsText("current")).containsExactly("false", "true");
        assertThat(devices.findValuesAsText("address")).containsOnly("127.0.0.1");
        assertThat(devices.findValuesAsText("user_agent"))
                .allSatisfy(agent -> assertThat(agent).startsWith("Java-http-client"));
        String body = field("id", devices.get(0).get("id").asText());
        assertThat(bearer(phone).send("POST", "/auth/jwt/devices/end/", body).status())
                .isEqualTo(204);
        assertThat(status(laptop)).isEqualTo(401);
        assertThat(devices(phone).findValuesAsText("label")).containsExactly("phone");
    }

    @Test
    void all_other_devices_are_ended() {
        Pair laptop = login(DemoUser.ALICE, "laptop");
        Pair phone = login(DemoUser.ALICE, "phone");

        bearer(phone).send("POST", "/auth/jwt/devices/end-others/");

        assertThat(status(laptop)).isEqualTo(401);
        assertThat(status(phone)).isEqualTo(200);
    }

    @Test
    void nobody_ends_the_logins_of_others() {
        Pair alice = login(DemoUser.ALICE, "laptop");
        Pair bob = login(DemoUser.BOB, "desk");
        String id = devices(alice).get(0).get("id").asText();

        assertThat(bearer(bob)
                        .send("POST", "/auth/jwt/devices/end/", field("id", id))
                        .status())
                .isEqualTo(404);
        assertThat(nobody().send("GET", "/auth/jwt/devices/").status()).isEqualTo(401);
        assertThat(status(alice)).isEqualTo(200);
    }

    @Test
    void what_has_expired_is_forgotten() {
        login(DemoUser.ALICE, "laptop");
        assertThat(server.postern().deleteExpired()).isZero();

        clock.advance(Duration.ofHours(26));

        assertThat(server.postern().deleteExpired()).isEqualTo(1);
    }

    @Test
    void every_endpoint_that_is_named_is_there() {
        String texts = server.welcome() + nobody().send("GET", "/").text();

        assertThat(Pattern.compile("/auth/[a-z/-]+/").matcher(texts).results())
                .hasSizeGreaterThan(10)
                .allSatisfy(path -> assertThat(post(path.group(), "{}").status())
                        .as(path.group())
                        .isNotEqualTo(404));
    }

    private Client nobody() {
        return new Client(server.port());
    }

    private Client bearer(Pair pair) {
        return nobody().with("Authorization", "Bearer " + pair.access());
    }

    private Answer post(String path, String json) {
        return nobody().send("POST", path, json);
    }

    private Pair login(DemoUser demo, String device) {
        return pairOf(nobody().login(demo, device));
    }

    private Answer refresh(Pair pair) {
        return post("/auth/jwt/refresh/", field("refresh", pair.refresh()));
    }

    private int status(Pair pair) {
        return bearer(pair).send("GET", "/todos/").status();
    }

    private JsonNode devices(Pair pair) {
        return bearer(pair).send("GET", "/auth/jwt/devices/").json().get("devices");
    }

    private static Pair pairOf(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode json = answer.json();
        return new Pair(json.get("refresh").asText(), json.get("access").asText());
    }

    private static String field(String name, String value) {
        return "{\"%s\":\"%s\"}".formatted(name, value);
    }

    private record Pair(String refresh, String access) {}
}
