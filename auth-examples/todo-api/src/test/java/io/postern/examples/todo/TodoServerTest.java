package io.postern.examples.todo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.examples.todo.Client.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TodoServerTest {

    private static TodoServer server;
    private static String aliceToken;
    private static String bobToken;
    private static String adminToken;

    @BeforeAll
    static void start() {
        server = TodoServer.start(0, TokenTransport.HEADER, Clock.systemUTC());
        aliceToken = nobody().login(DemoUser.ALICE, "/auth/token/", "token");
        bobToken = nobody().login(DemoUser.BOB, "/auth/token/", "token");
        adminToken = nobody().login(DemoUser.ADMIN, "/auth/token/", "token");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void tells_everybody_what_there_is_to_call() {
        Answer index = nobody().send("GET", "/");

        assertThat(index.status()).isEqualTo(200);
        assertThat(index.text()).contains("/todos/", "/auth/token/", "/auth/jwt/create/", "/auth/session/login/");
    }

    @Test
    void lets_basic_credentials_in() {
        Client alice = nobody().with("Authorization", Client.basic(DemoUser.ALICE));

        assertThat(alice.send("GET", "/todos/").status()).isEqualTo(200);
        assertThat(alice.send("GET", "/todos/").header("Cache-Control")).isEqualTo("no-store");
        assertOwner(alice.send("POST", "/todos/", "{\"title\":\"by Basic\"}"), DemoUser.ALICE);
    }

    @Test
    void lets_an_opaque_token_in() {
        assertOwner(bob().send("POST", "/todos/", "{\"title\":\"by token\"}"), DemoUser.BOB);
    }

    @Test
    void lets_a_jwt_in_but_not_as_a_refresh_token() {
        Answer pair = nobody().send(
                        "POST",
                        "/auth/jwt/create/",
                        "application/x-www-form-urlencoded",
                        "username=bob&password=hard-hat-area");
        String access = pair.json().get("access").asText();
        String refresh = pair.json().get("refresh").asText();

        Client bob = nobody().with("Authorization", "Bearer " + access);
        assertOwner(bob.send("POST", "/todos/", "{\"title\":\"by JWT\"}"), DemoUser.BOB);
        Client refreshing = nobody().with("Authorization", "Bearer " + refresh);
        assertThat(refreshing.send("GET", "/todos/").status()).isEqualTo(401);
    }

    @Test
    void lets_a_session_in_and_asks_for_its_csrf_token() {
        Client browser = nobody();
        String csrf = browser.login(DemoUser.ALICE, "/auth/session/login/", "csrfToken");
        assertThat(browser.cookieNames()).containsExactly("csrftoken", "sessionid");
        assertThat(browser.send("GET", "/todos/").status()).isEqualTo(200);

        Answer unproven = browser.send("POST", "/todos/", "{\"title\":\"forged\"}");
        assertThat(unproven.status()).isEqualTo(403);
        assertThat(unproven.detail()).startsWith("CSRF Failed");

        browser.with("X-CSRFToken", csrf);
        assertOwner(browser.send("POST", "/todos/", "{\"title\":\"by session\"}"), DemoUser.ALICE);
        assertThat(browser.send("POST", "/auth/session/logout/").status()).isLessThan(300);
        assertThat(browser.send("GET", "/todos/").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"GET,/todos/", "POST,/todos/", "GET,/todos/1/", "DELETE,/todos/1/", "GET,/nonsense"})
    void refuses_nobody_with_a_challenge(String method, String path) {
        Answer answer = nobody().send(method, path, "{\"title\":\"x\"}");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer ");
        assertThat(answer.detail()).isEqualTo("Authentication credentials were not provided.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YWxpY2U6d3Jvbmc=", "Basic bWFsbG9yeTp3cm9uZw==", "Token wrong", "Bearer a.b.c"})
    void refuses_bad_credentials(String header) {
        Answer answer = nobody().with("Authorization", header).send("GET", "/todos/");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().has("detail")).isTrue();
    }

    @Test
    void answers_alike_to_a_wrong_password_and_an_unknown_user() {
        Answer wrong = nobody().send("POST", "/auth/token/", "{\"username\":\"alice\",\"password\":\"wrong\"}");
        Answer unknown = nobody().send("POST", "/auth/token/", "{\"username\":\"mallory\",\"password\":\"wrong\"}");

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(unknown.status()).isEqualTo(wrong.status());
        assertThat(unknown.text()).isEqualTo(wrong.text());
    }

    @Test
    void keeps_changes_and_forgets_what_is_deleted() {
        Answer created = alice().send("POST", "/todos/", "{\"title\":\"Buy milk\",\"id\":77,\"owner\":\"2\"}");
        String path = created.header("Location");
        assertThat(created.status()).isEqualTo(201);
        assertThat(path)
                .isEqualTo("/todos/" + created.json().get("id").asLong() + "/")
                .isNotEqualTo("/todos/77/");
        assertOwner(created, DemoUser.ALICE);

        assertThat(alice().send("PATCH", path, "{\"done\":true}").status()).isEqualTo(200);
        assertThat(alice().send("GET", path).json().get("done").asBoolean()).isTrue();
        assertThat(alice().send("GET", path).json().get("title").asText()).isEqualTo("Buy milk");
        alice().send("PUT", path, "{\"title\":\"Buy cream\"}");
        assertThat(alice().send("GET", path).json().get("title").asText()).isEqualTo("Buy cream");
        assertThat(alice().send("GET", path).json().get("done").asBoolean()).isFalse();

        assertThat(alice().send("DELETE", path).status()).isEqualTo(204);
        assertThat(alice().send("GET", path).status()).isEqualTo(404);
    }

    @Test
    void keeps_others_from_a_todo() {
        long id = bob().add("Fix roof");
        String path = "/todos/" + id + "/";

        assertThat(alice().send("GET", path).status()).isEqualTo(403);
        assertThat(alice().send("GET", path).detail()).isEqualTo("You do not have permission to perform this action.");
        assertThat(alice().send("PUT", path, "{\"title\":\"Mine\"}").status()).isEqualTo(403);
        assertThat(alice().send("PATCH", path, "{\"done\":true}").status()).isEqualTo(403);
        assertThat(alice().send("DELETE", path).status()).isEqualTo(403);
        assertThat(bob().send("GET", path).json().toString())
                .isEqualTo("{\"id\":%d,\"owner\":\"2\",\"title\":\"Fix roof\",\"done\":false}".formatted(id));
    }

    @Test
    void lists_to_users_their_own_todos_and_to_staff_all() {
        long alices = alice().add("Feed cat");
        long bobs = bob().add("Walk dog");

        assertThat(alice().send("GET", "/todos/").json().findValuesAsText("id"))
                .contains(text(alices))
                .doesNotContain(text(bobs));
        assertThat(admin().send("GET", "/todos/").json().findValuesAsText("id")).contains(text(alices), text(bobs));
    }

    @Test
    void lets_staff_change_the_todos_of_all_without_taking_them_over() {
        String path = "/todos/" + alice().add("Feed cat") + "/";

        Answer changed = admin().send("PUT", path, "{\"title\":\"Feed the cat\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("owner").asText()).isEqualTo("1");
        assertThat(admin().send("DELETE", path).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "\"text\"",
                "{}",
                "{\"title\":\"x\"} rest",
                "{\"title\":\"\"}",
                "{\"title\":[\"x\"]}",
                "{\"title\":{}}",
                "{\"title\":\"x\",\"done\":\"yes\"}",
                "{\"title\":\"\\ud800\"}"
            })
    void refuses_a_body_that_is_no_todo(String body) {
        Answer answer = alice().send("POST", "/todos/", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).isNotEmpty();
    }

    @Test
    void refuses_bodies_that_are_too_large_too_deep_or_of_another_type() {
        String large = "{\"title\":\"" + "x".repeat(20_000) + "\"}";
        assertThat(alice().send("POST", "/todos/", large).status()).isEqualTo(413);
        assertThat(alice().send("POST", "/todos/", "[".repeat(15_000)).status()).isEqualTo(400);
        assertThat(alice().send("POST", "/todos/", "text/plain", "{\"title\":\"x\"}")
                        .status())
                .isEqualTo(415);
        assertThat(alice().send("POST", "/todos/", "{\"title\":\"" + "x".repeat(201) + "\"}")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/todos/999999/", "/todos/99999999999999999999999/", "/todos/x/", "/todos/1/2/", "/x", "/todosx"
            })
    void does_not_find_what_is_not_there(String path) {
        Answer answer = alice().send("GET", path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.detail()).isEqualTo("Not found.");
    }

    @ParameterizedTest
    @CsvSource({"PUT,/todos/", "BREW,/todos/", "TRACE,/todos/", "POST,/", "BREW,/"})
    void refuses_methods_that_have_no_meaning(String method, String path) throws IOException {
        String answer = raw(method + " " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Token " + aliceToken
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 405 ")
                .contains("\r\nAllow: GET, HEAD")
                .contains("{\"detail\":\"Method ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /todos/%zz HTTP/1.1\r\nHost: x\r\n",
                "GET /todos/..;/ HTTP/1.1\r\nHost: x\r\n",
                "GET /todos/%2e%2e/ HTTP/1.1\r\nHost: x\r\n",
                "GET //todos/ HTTP/1.1\r\nHost: x\r\n",
                "GET /todos/\u0001 HTTP/1.1\r\nHost: x\r\n",
                "GET /todos/ HTTP/1.1\r\nHost: x\r\nAuthorization: Basic a\r\nAuthorization: Basic b\r\n",
                "GET /todos/ HTTP/1.1\r\nno header\r\n"
            })
    void answers_malformed_requests_with_a_4xx_in_json(String head) throws IOException {
        String answer = raw(head + "Connection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 4").contains("application/json").doesNotContain("\tat ");
    }

    @Test
    void prints_a_token_that_works_and_lines_to_copy() {
        String welcome = server.welcome();

        assertThat(welcome.lines().filter(line -> line.startsWith("  curl ")))
                .hasSize(8)
                .allMatch(line -> line.contains("http://127.0.0.1:" + server.port() + "/"));
        Matcher token = Pattern.compile("Authorization: (Token [^']+)'").matcher(welcome);
        assertThat(token.find()).isTrue();
        Client caller = nobody().with("Authorization", token.group(1));
        assertOwner(caller.send("POST", "/todos/", "{\"title\":\"Buy milk\"}"), DemoUser.ALICE);
    }

    @Test
    void reads_the_command_line() {
        assertThat(Arguments.of()).isEqualTo(new Arguments(8080, TokenTransport.HEADER));
        assertThat(Arguments.of("--port", "0").port()).isZero();
        assertThat(Arguments.of("--cookies", "--port", "9000"))
                .isEqualTo(new Arguments(9000, TokenTransport.COOKIES))
                .isEqualTo(Arguments.of("--port", "9000", "--cookies"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8081", "--port", "--port 65536", "--port -1", "--port --cookies", "--cookies yes"})
    void refuses_a_command_line_that_it_does_not_understand(String line) {
        assertThatThrownBy(() -> Arguments.of(line.split(" "))).hasMessageStartingWith("usage: ");
    }

    @Test
    void says_so_when_the_port_is_taken() {
        assertThatThrownBy(() -> TodoServer.start(server.port(), TokenTransport.HEADER, Clock.systemUTC())
                        .close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("--port");
    }

    private static Client nobody() {
        return new Client(server.port());
    }

    private static Client alice() {
        return nobody().with("Authorization", "Token " + aliceToken);
    }

    private static Client bob() {
        return nobody().with("Authorization", "Token " + bobToken);
    }

    private static Client admin() {
        return nobody().with("Authorization", "Token " + adminToken);
    }

    private static void assertOwner(Answer created, DemoUser owner) {
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().get("owner").asText()).isEqualTo(owner.user().id());
    }

    private static String text(long id) {
        return Long.toString(id);
    }

    /** For requests that a well-behaved client does not send. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
