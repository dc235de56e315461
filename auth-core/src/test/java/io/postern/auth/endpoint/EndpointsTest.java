package io.postern.auth.endpoint;

import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.denyAll;
import static io.postern.auth.testing.Site.header;
import static io.postern.auth.testing.Site.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.Postern;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authentication;
import io.postern.auth.Policy;
import io.postern.auth.Throttle;
import io.postern.auth.endpoint.Endpoints.BodyLimits;
import io.postern.auth.session.Csrf;
import io.postern.auth.testing.Site;
import io.postern.auth.testkit.FakeRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {

    private static final Policy OPEN = Policy.builder().permissions(allowAny()).build();
    private static final Endpoint EMPTY = request -> AuthResponse.empty(204);

    private final Endpoints.Builder builder = builder(List.of());

    @Test
    void a_path_is_found_with_and_without_its_last_slash() {
        Endpoints endpoints =
                builder.add("/a/", OPEN, methods -> methods.get(EMPTY)).build();

        assertThat(send(endpoints, "GET", "/a/").status()).isEqualTo(204);
        assertThat(send(endpoints, "GET", "/a").status()).isEqualTo(204);
        assertThat(endpoints.paths()).containsExactly("/a/");
        assertThat(endpoints.maxBody()).isEqualTo(2048);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/b/", "/A/", "/a//", "//a/", "/a/b", "a", "/a%2f"})
    void any_other_path_is_not_found(String path) {
        Endpoints endpoints =
                builder.add("/a/", OPEN, methods -> methods.get(EMPTY)).build();

        assertThat(endpoints.find(path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/user/7/, '{\"id\":\"7\"}'",
        "/user/7, '{\"id\":\"7\"}'",
        "/user/a b:c, '{\"id\":\"a b:c\"}'",
        "/user/me/, '\"me\"'",
        "/user/7/token/8/, '{\"id\":\"7\",\"token\":\"8\"}'",
        "/user/me/token/8/, '\"my 8\"'"
    })
    void a_segment_may_be_a_variable_and_a_literal_takes_precedence(String path, String body) {
        Endpoints endpoints = builder.add("/user/{id}/", OPEN, variables("id"))
                .add("/user/me/", OPEN, methods -> methods.get(request -> AuthResponse.json(200, "me")))
                .add("/user/{id}/token/{token}/", OPEN, variables("id", "token"))
                .add(
                        "/user/me/token/{token}/",
                        OPEN,
                        methods -> methods.get(request -> AuthResponse.json(200, "my " + request.variable("token"))))
                .build();

        assertThat(text(send(endpoints, "GET", path))).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/user/", "/user//", "/user", "/user/7/x/", "/users/7/", "/"})
    void a_variable_is_exactly_one_segment_that_is_not_empty(String path) {
        Endpoints endpoints = builder.add("/user/{id}/", OPEN, variables("id")).build();

        assertThat(endpoints.find(path)).isEmpty();
        assertThat(endpoints.paths()).containsExactly("/user/{id}/");
    }

    @Test
    void an_unknown_variable_is_a_programming_error() {
        Endpoints endpoints =
                builder.add("/user/{id}/", OPEN, variables("name")).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> send(endpoints, "GET", "/user/7/"))
                .withMessageContaining("{name}");
    }

    @Test
    void each_method_has_a_function_of_its_own() {
        Endpoints endpoints = builder.add(
                        "/a/",
                        OPEN,
                        methods -> methods.get(named("get"))
                                .post(named("post"))
                                .put(named("put"))
                                .patch(named("patch"))
                                .delete(named("delete")))
                .build();

        for (String method : List.of("get", "post", "put", "patch", "delete")) {
            assertThat(text(send(endpoints, method.toUpperCase(java.util.Locale.ROOT), "/a/")))
                    .isEqualTo('"' + method + '"');
        }
        assertThat(text(send(endpoints, "HEAD", "/a/"))).isEqualTo("\"get\"");
        assertThat(header(send(endpoints, "OPTIONS", "/a/"), "Allow"))
                .containsExactly("DELETE, GET, HEAD, PATCH, POST, PUT, OPTIONS");
    }

    @Test
    void options_and_other_methods_are_handled_for_the_endpoint() {
        Endpoints endpoints = builder.add(
                        "/a/", OPEN, methods -> methods.post(EMPTY).on("GET", EMPTY))
                .build();

        assertThat(send(endpoints, "OPTIONS", "/a/").status()).isEqualTo(200);
        assertThat(header(send(endpoints, "OPTIONS", "/a/"), "Allow")).containsExactly("GET, POST, OPTIONS");
        assertThat(send(endpoints, "DELETE", "/a/").status()).isEqualTo(405);
        assertThat(header(send(endpoints, "DELETE", "/a/"), "Allow")).containsExactly("GET, POST, OPTIONS");
    }

    @Test
    void the_policy_is_evaluated_before_the_method() {
        Policy closed = Policy.builder().permissions(denyAll()).build();
        Site site = new Site(postern -> postern.endpoints(all -> all.add(
                "/a/",
                closed,
                methods -> methods.get(request -> {
                    throw new AssertionError("reached");
                }))));

        for (String method : List.of("GET", "FOO", "OPTIONS")) {
            assertThat(site.ask(FakeRequest.of(method, "/"), "/a/", "").status())
                    .isEqualTo(403);
        }
    }

    @Test
    void endpoints_of_an_application_are_added_to_those_of_sessions() {
        Postern postern = new Site().postern;
        Csrf csrf = Csrf.builder().build();
        builder.session(postern.sessions(), csrf).add("/own/", OPEN, methods -> methods.get(EMPTY));

        assertThat(builder.build().paths()).containsExactlyInAnyOrder("/session/logout/", "/csrf/", "/own/");
        assertThat(postern.endpoints().paths())
                .containsExactlyInAnyOrder("/token/", "/session/login/", "/session/logout/", "/csrf/");
    }

    @Test
    void an_endpoint_that_needs_no_authentication_has_the_configured_throttles() {
        Throttle never = (request, who) -> new Throttle.Admission.Refused(Optional.of(Duration.ofSeconds(7)));
        Endpoints endpoints = builder(List.of(never))
                .addPublic("/public/", methods -> methods.get(EMPTY))
                .build();

        Policy policy = endpoints.find("/public/").orElseThrow().policy();
        assertThat(policy).isEqualTo(OPEN.toBuilder().throttles(never).build());
    }

    @Test
    void a_path_that_is_taken_is_refused() {
        builder.add("/a/", OPEN, methods -> methods.get(EMPTY)).add("/{x}/", OPEN, methods -> methods.get(EMPTY));

        for (String path : List.of("/a/", "/{y}/")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.add(path, OPEN, methods -> methods.post(EMPTY)))
                    .withMessageContaining("already");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a/, begins and ends with a slash",
        "/a, begins and ends with a slash",
        "'', begins and ends with a slash",
        "/{a}b/, whole segment",
        "/{}/, whole segment",
        "/{a/, whole segment",
        "/a//, whole segment",
        "/{a}/{a}/, two variables"
    })
    void a_malformed_path_is_refused(String path, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.add(path, OPEN, methods -> methods.get(EMPTY)))
                .withMessageContaining(message);
    }

    @Test
    void a_second_function_for_a_method_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        builder.add("/a/", OPEN, methods -> methods.get(EMPTY).on("HEAD", EMPTY)))
                .withMessage("duplicate function for HEAD");
    }

    @Test
    void paths_cannot_be_added_afterwards() {
        Endpoints endpoints = builder.build();
        builder.add("/late/", OPEN, methods -> methods.get(EMPTY));

        assertThat(endpoints.find("/late/")).isEmpty();
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> EndpointRequest.of(FakeRequest.get(), "/", null));
    }

    @Test
    void a_template_of_another_length_does_not_change_the_order_of_two() {
        Endpoints endpoints = builder.add("/{a}/{b}/", OPEN, methods -> methods.get(EMPTY))
                .add("/{a}/", OPEN, methods -> methods.get(EMPTY))
                .add("/{a}/s/", OPEN, methods -> methods.get(request -> AuthResponse.empty(205)))
                .build();

        assertThat(send(endpoints, "GET", "/1/s/").status()).isEqualTo(205);
        assertThat(send(endpoints, "GET", "/1/2/").status()).isEqualTo(204);
    }

    private static Endpoints.Builder builder(List<Throttle> throttles) {
        return Endpoints.builder(ErrorFormat.DRF, new BodyLimits(2048, 10), throttles, event -> {}, Clock.systemUTC());
    }

    private static UnaryOperator<Endpoints.Methods> variables(String... names) {
        return methods -> methods.get(request -> {
            Map<String, String> values = new java.util.TreeMap<>();
            for (String name : names) {
                values.put(name, request.variable(name));
            }
            return AuthResponse.json(200, values);
        });
    }

    private static Endpoint named(String name) {
        return request -> AuthResponse.json(200, name);
    }

    private static AuthResponse send(Endpoints endpoints, String method, String path) {
        return endpoints
                .find(path)
                .orElseThrow()
                .handle(FakeRequest.of(method, "/"), new byte[0], Authentication.anonymous());
    }
}
