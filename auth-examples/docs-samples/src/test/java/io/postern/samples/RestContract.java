package io.postern.samples;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.Postern;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.servlet.AuthEndpointsServlet;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import jakarta.servlet.ServletContext;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each implementation of Jakarta REST makes of the samples, on Jetty. */
interface RestContract {

    Site site();

    static Site site(BiConsumer<ServletContext, Postern> sample) {
        InMemoryUserStore users = new InMemoryUserStore();
        users.add(
                UserRecord.builder("1", "ann").roles("editor").build(),
                PasswordHasher.pbkdf2(1_000).hash(Password.of("x")));
        Postern postern = Postern.builder()
                .users(users)
                .authenticators(basic(), session())
                .permissions(new IsOwner())
                .build();
        return new Site(context -> {
            sample.accept(context, postern);
            context.addServlet("auth", new AuthEndpointsServlet(postern)).addMapping("/auth/*");
        });
    }

    @Test
    default void a_granted_object_is_returned() {
        HttpResponse<String> response = asAnn("/api/notes/1");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("Buy milk");
        assertThat(response.headers().allValues("Vary")).isEqualTo(List.of("Authorization, Cookie"));
    }

    @Test
    default void anonymous_callers_do_not_reach_the_resource() {
        HttpResponse<String> response = site().get("/api/notes/1");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate")).isEqualTo(List.of("Basic realm=\"api\""));
    }

    @Test
    default void the_principal_is_that_of_the_filter() {
        assertThat(asAnn("/api/me").body()).isEqualTo("ann ann true false basic 1");
    }

    @Test
    default void a_refused_object_gets_the_response_of_the_filter() {
        refused(asAnn("/api/notes/2"), 403, "{\"detail\":\"You do not have permission to perform this action.\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fail/hidden | 404 | {\"detail\":\"Not found.\"}",
                "fail/wrapped | 403 | {\"detail\":\"Not yours.\"}",
                "fail/checked | 403 | {\"detail\":\"Not yours.\"}",
                "later | 403 | {\"detail\":\"Not yours.\"}"
            })
    default void a_denial_is_recognised_under_what_wraps_it(String path, int status, String body) {
        refused(asAnn("/api/" + path), status, body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"store", "wrapped-store"})
    default void a_failing_store_is_unavailable(String how) {
        HttpResponse<String> response = asAnn("/api/fail/" + how);

        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.body()).contains("\"detail\"").doesNotContain("10.0.0.7");
        assertThat(response.statusCode()).isEqualTo(503);
    }

    @Test
    default void other_exceptions_disclose_nothing() {
        HttpResponse<String> response = asAnn("/api/fail/otherwise");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("an internal detail").doesNotContain("IllegalState");
    }

    @Test
    default void an_unknown_path_is_not_found() {
        assertThat(asAnn("/api/nothing").statusCode()).isEqualTo(404);
        assertThat(site().delete("/api/me", "Authorization", Site.basic("ann", "x"))
                        .statusCode())
                .isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void a_form_of_a_session_reaches_the_resource(boolean inHeader) {
        HttpResponse<String> login = site().post("/auth/session/login/", "{\"username\":\"ann\",\"password\":\"x\"}");
        assertThat(login.statusCode()).isEqualTo(200);
        List<String> cookies = login.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";", 2)[0])
                .toList();
        String csrf = cookies.stream()
                .filter(cookie -> cookie.startsWith("csrftoken="))
                .map(cookie -> cookie.substring("csrftoken=".length()))
                .findFirst()
                .orElseThrow();
        String field = inHeader ? "" : "&csrfmiddlewaretoken=" + csrf;

        HttpResponse<String> response = site().form(
                        "/api/notes",
                        "text=Ren%C3%A9e" + field,
                        "Cookie",
                        String.join("; ", cookies),
                        "X-Other",
                        "x",
                        inHeader ? "X-CSRFToken" : "X-Unrelated",
                        csrf);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("Ren\u00e9e");
    }

    private HttpResponse<String> asAnn(String path) {
        return site().get(path, "Authorization", Site.basic("ann", "x"));
    }

    private static void refused(HttpResponse<String> response, int status, String body) {
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().allValues("Content-Type")).isEqualTo(List.of("application/json"));
        assertThat(response.headers().allValues("Cache-Control")).hasSize(1);
        assertThat(String.join(", ", response.headers().allValues("Vary"))).contains("Authorization, Cookie");
    }
}
