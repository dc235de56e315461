package io.postern.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.testkit.server.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the handlers and filters of real applications do, and several applications in one container. */
interface SetupContract {

    String FORM = "Content-Type: application/x-www-form-urlencoded";
    String REFUSED = "{\"detail\":\"Authentication credentials were not provided.\"}";
    String MULTIPART = "Content-Type: multipart/form-data; boundary=xyz";

    TestServer server();

    default RawHttp http() {
        return new RawHttp(server().port());
    }

    /** A browser that is logged in. */
    record Login(String session, String csrf) {

        static Login of(RawHttp http, String name) {
            RawHttp.Reply reply = http.post(
                    "/auth/session/login/", "username=" + name + "&password=" + SetupApplication.PASSWORD, FORM);
            assertThat(reply.status()).isEqualTo(200);
            return new Login(cookie(reply.headers(), "JSESSIONID"), cookie(reply.headers(), "csrftoken"));
        }

        private static String cookie(Map<String, List<String>> headers, String name) {
            Matcher found =
                    Pattern.compile("\\b" + name + "=([^;]+)").matcher(String.join("\n", headers.get("set-cookie")));
            assertThat(found.find()).isTrue();
            return found.group(1);
        }

        String cookies() {
            return "Cookie: JSESSIONID=" + session + "; csrftoken=" + csrf;
        }

        String header() {
            return "X-CSRFToken: " + csrf;
        }

        String field() {
            return "csrfmiddlewaretoken=" + csrf;
        }
    }

    @Test
    default void the_handler_gets_the_raw_body_of_a_form() {
        Login ann = Login.of(http(), "ann");

        assertThat(http().post("/raw", "a=1&b=%C3%A9", FORM, ann.cookies(), ann.header())
                        .body())
                .isEqualTo("a=1&b=%C3%A9");
        assertThat(http().post("/raw", ann.field() + "&b=2", FORM, ann.cookies())
                        .body())
                .isEqualTo(ann.field() + "&b=2");
        assertThat(http().post("/raw", part("csrfmiddlewaretoken", ann.csrf()), MULTIPART, ann.cookies())
                        .body())
                .isEqualTo(part("csrfmiddlewaretoken", ann.csrf()));
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, Ren%C3%A9e", "ISO-8859-1, Ren%E9e"})
    default void the_handler_chooses_the_charset_of_a_form(String charset, String name) {
        Login ann = Login.of(http(), "ann");
        String[] headers = {FORM, ann.cookies(), "X-Charset: " + charset};
        byte[] expected = "Ren\u00e9e|Bob".getBytes(StandardCharsets.UTF_8);

        RawHttp.Reply reply = http().post("/form", ann.field() + "&name=" + name + "&name=Bob", headers);

        assertThat(reply.body().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(expected);
    }

    @Test
    default void the_parameters_of_the_query_come_before_those_of_the_body() {
        Login ann = Login.of(http(), "ann");

        assertThat(http().post("/form?name=query&name=two", ann.field() + "&name=body", FORM, ann.cookies())
                        .body())
                .isEqualTo("query|two|body");
        assertThat(http().post("/form?name=query", ann.field(), FORM, ann.cookies())
                        .body())
                .isEqualTo("query");
    }

    @Test
    default void a_form_without_the_token_is_refused() {
        Login ann = Login.of(http(), "ann");

        RawHttp.Reply reply = http().post("/form", "name=x", FORM, ann.cookies());

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).isEqualTo("{\"detail\":\"CSRF Failed: CSRF token missing.\"}");
    }

    @Test
    default void an_upload_that_the_policy_refuses_is_not_read() {
        Login ann = Login.of(http(), "ann");

        RawHttp.Reply withHeader = http().send(
                        "POST", "/admin/parts", "", MULTIPART, "Content-Length: 1500000", ann.cookies(), ann.header());
        RawHttp.Reply withField =
                http().send("POST", "/admin/parts", "", MULTIPART, "Content-Length: 1500000", ann.cookies());

        assertThat(withHeader.status()).isEqualTo(403);
        assertThat(withField.status()).isEqualTo(403);
        assertThat(withField.body()).contains("You do not have permission");
    }

    @Test
    default void an_upload_reaches_the_handler_with_the_token_in_header_or_field() {
        Login ann = Login.of(http(), "ann");
        String parts = part("csrfmiddlewaretoken", ann.csrf());

        assertThat(http().post("/parts", part("a", "12345"), MULTIPART, ann.cookies(), ann.header())
                        .body())
                .isEqualTo("a=5");
        assertThat(http().post("/parts", parts, MULTIPART, ann.cookies()).body())
                .isEqualTo("csrfmiddlewaretoken=" + ann.csrf().length());
    }

    @Test
    default void an_upload_above_the_limit_is_413_with_the_token_in_header_or_field() {
        Login ann = Login.of(http(), "ann");
        String file = "--xyz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n" + "x".repeat(2000)
                + "\r\n";
        String both = file + part("csrfmiddlewaretoken", ann.csrf());

        RawHttp.Reply own = http().post("/parts", file + "--xyz--\r\n", MULTIPART, ann.cookies(), ann.header());
        RawHttp.Reply ours = http().post("/parts", both, MULTIPART, ann.cookies());

        assertThat(own.status()).isEqualTo(413);
        assertThat(own.body()).isEqualTo("too large for the handler");
        assertThat(ours.status()).isEqualTo(413);
        assertThat(ours.body()).isEqualTo("{\"detail\":\"Request body is too large.\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Parse: 1", "X-Reader: 1", "X-None: 1"})
    default void a_login_works_whatever_a_filter_has_read(String filter) {
        String login = "username=ann&password=" + SetupApplication.PASSWORD;

        assertThat(http().post("/auth/session/login/", login, FORM, filter).status())
                .isEqualTo(200);
        assertThat(http().post("/auth/session/login/?password=x", login, FORM, filter)
                        .status())
                .isEqualTo(200);
        assertThat(http().post("/auth/session/login/", "username=ann&password=wrong", FORM, filter)
                        .status())
                .isEqualTo(400);
        assertThat(http().post(
                                "/auth/session/login/?username=ann&password=" + SetupApplication.PASSWORD,
                                "",
                                FORM,
                                filter)
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "plain, 404",
        "runtime, 404",
        "io, 404",
        "completion, 404",
        "undeclared, 404",
        "servlet, 404",
        "store, 503"
    })
    default void an_abandoned_response_is_replaced_whole(String how, int status) {
        RawHttp.Reply reply = http().get("/fail?how=" + how, basic());

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
        assertThat(reply.headers())
                .doesNotContainKeys(
                        "content-encoding",
                        "content-disposition",
                        "content-language",
                        "etag",
                        "last-modified",
                        "expires");
        assertThat(reply.header("Cache-Control")).doesNotContain("public");
    }

    @ParameterizedTest
    @CsvSource({"/vary, Accept-Encoding", "/vary?reset=1, ''"})
    default void a_handler_cannot_lose_the_vary_header(String path, String own) {
        RawHttp.Reply reply = http().get(path, basic());

        assertThat(reply.body()).isEqualTo("varies");
        assertThat(reply.header("Vary"))
                .contains("Cookie")
                .contains("Authorization")
                .contains(own);
    }

    @Test
    default void a_user_with_two_session_cookies_stays_logged_in() {
        Login ann = Login.of(http(), "ann");
        String both = "JSESSIONID=" + ann.session() + "; JSESSIONID=0123456789ABCDEF0123456789ABCDEF";

        assertThat(http().get("/me", "Cookie: " + both + "; csrftoken=" + ann.csrf())
                        .body())
                .isEqualTo("ann");
        assertThat(http().post("/raw", "x", "Cookie: " + both + "; csrftoken=" + ann.csrf(), ann.header())
                        .status())
                .isEqualTo(200);
    }

    @Test
    default void a_planted_session_beside_that_of_the_user_is_ignored() {
        Login ann = Login.of(http(), "ann");
        Login planted = Login.of(http(), "bob");

        String both = "JSESSIONID=" + planted.session() + "; JSESSIONID=" + ann.session();
        String own = "; csrftoken=" + ann.csrf();

        assertRefused(http().get("/me", "Cookie: " + both + "; csrftoken=" + planted.csrf() + own));
        assertRefused(http().get("/me", "Cookie: " + both));
        RawHttp.Reply reply = http().get("/me", "Cookie: " + both + own);
        if (!reply.body().equals("ann")) {
            assertRefused(reply);
        }
    }

    /** By Postern, or by Jetty itself, which refuses two valid sessions with 400. */
    static void assertRefused(RawHttp.Reply reply) {
        if (reply.status() != 400) {
            assertThat(reply.body()).isEqualTo(REFUSED);
        }
        assertThat(reply.body()).doesNotContain("bob");
    }

    @Test
    default void a_form_whose_token_was_read_is_there_after_an_asynchronous_dispatch() {
        Login ann = Login.of(http(), "ann");

        assertThat(http().post("/async", ann.field() + "&name=Bob", FORM, ann.cookies())
                        .body())
                .isEqualTo("Bob");
    }

    @Test
    default void an_unknown_charset_of_the_client_is_not_an_error_of_the_server() {
        Login ann = Login.of(http(), "ann");

        assertThat(http().post("/form", ann.field() + "&name=Bob", FORM + ";charset=bogus", ann.cookies())
                        .status())
                .isIn(200, 400, 403, 415);
    }

    @Test
    default void a_form_with_too_many_fields_is_not_searched_for_its_token() {
        Login ann = Login.of(http(), "ann");

        assertThat(http().post("/form", ann.field() + "&a=1".repeat(1_000), FORM, ann.cookies())
                        .status())
                .isEqualTo(413);
    }

    @Test
    default void a_foreign_authorization_scheme_does_not_end_a_session() {
        Login ann = Login.of(http(), "ann");

        assertThat(http().get("/me", ann.cookies(), "Authorization: Negotiate YIIJvwYGKwYBBQUCoIIJszCCCa")
                        .body())
                .isEqualTo("ann");
    }

    @Test
    default void the_login_of_the_servlet_api_acts_on_postern_or_fails_clearly() {
        assertThat(http().get("/free/api?call=authenticate", basic()).body()).isEqualTo("authenticated");
        assertThat(http().get("/free/api?call=authenticate").status()).isEqualTo(403);
        assertThat(http().get("/free/api?call=login").body()).contains("/session/login/");
        assertThat(http().get("/free/api?call=logout").body()).contains("/session/logout/");
    }

    private static String basic() {
        return "Authorization: Basic "
                + Base64.getEncoder()
                        .encodeToString(("ann:" + SetupApplication.PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    private static String part(String name, String value) {
        return "--xyz\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n--xyz--\r\n";
    }
}
