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
import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import io.postern.auth.Gate;
import io.postern.auth.Policy;
import io.postern.auth.StoreException;
import io.postern.auth.Throttle;
import io.postern.auth.basic.BasicAuthenticator;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.session.Csrf;
import io.postern.auth.testing.Events;
import io.postern.auth.testing.Site;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {

    private static final Policy OPEN = Policy.builder().permissions(allowAny()).build();

    private final Endpoints.Builder builder = Endpoints.builder(
            Gate.builder()
                    .listener(event -> {})
                    .view(request -> FakeRequest.of(request.method(), "/seen"))
                    .build(),
            new ErrorResponses(ErrorFormat.DRF),
            new BodyLimits(2048, 10));

    @Test
    void a_path_is_found_with_and_without_its_last_slash() {
        Endpoints endpoints = builder.add("/a/", Set.of("GET"), OPEN, request -> AuthResponse.empty(204))
                .build();

        assertThat(ask(endpoints, "GET", "/a/").status()).isEqualTo(204);
        assertThat(ask(endpoints, "GET", "/a").status()).isEqualTo(204);
        assertThat(endpoints.paths()).containsExactly("/a/");
        assertThat(endpoints.maxBody()).isEqualTo(2048);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/b/", "/A/", "/a//", "//a/", "/a/b", "a", "/a%2f"})
    void any_other_path_is_not_found(String path) {
        Endpoints endpoints = builder.add("/a/", Set.of("GET"), OPEN, request -> AuthResponse.empty(204))
                .build();

        assertThat(ask(endpoints, "GET", path).status()).isEqualTo(404);
    }

    @Test
    void the_policy_is_asked_before_the_method() {
        Policy closed = Policy.builder().permissions(denyAll()).build();
        Endpoints endpoints = builder.add("/a/", Set.of("GET"), closed, request -> {
                    throw new AssertionError("reached");
                })
                .build();

        assertThat(ask(endpoints, "GET", "/a/").status()).isEqualTo(403);
        assertThat(ask(endpoints, "FOO", "/a/").status()).isEqualTo(403);
        assertThat(ask(endpoints, "OPTIONS", "/a/").status()).isEqualTo(403);
    }

    @Test
    void options_and_other_methods_are_answered_for_the_endpoint() {
        Endpoints endpoints = builder.add("/a/", Set.of("POST", "GET"), OPEN, request -> AuthResponse.empty(204))
                .build();

        assertThat(ask(endpoints, "OPTIONS", "/a/").status()).isEqualTo(200);
        assertThat(header(ask(endpoints, "OPTIONS", "/a/"), "Allow")).containsExactly("GET, POST, OPTIONS");
        assertThat(ask(endpoints, "DELETE", "/a/").status()).isEqualTo(405);
        assertThat(header(ask(endpoints, "DELETE", "/a/"), "Allow")).containsExactly("GET, POST, OPTIONS");
    }

    @Test
    void a_failing_store_is_503_and_a_thrown_denial_is_its_answer() {
        Endpoints endpoints = builder.add("/store/", Set.of("GET"), OPEN, request -> {
                    throw new StoreException("jdbc://user:secret@host");
                })
                .add("/denied/", Set.of("GET"), OPEN, request -> {
                    throw new DeniedException(Denial.notFound());
                })
                .build();

        AuthResponse store = ask(endpoints, "GET", "/store/");
        assertThat(store.status()).isEqualTo(503);
        assertThat(header(store, "Retry-After")).containsExactly("1");
        assertThat(text(store)).doesNotContain("secret");
        assertThat(ask(endpoints, "GET", "/denied/").status()).isEqualTo(404);
    }

    @Test
    void a_failing_store_and_a_thrown_denial_are_told_by_the_gate() {
        Events events = new Events();
        Gate gate = Gate.builder()
                .listener(events)
                .clock(SettableClock.at(Instant.EPOCH))
                .view(request -> FakeRequest.of(request.method(), "/seen"))
                .build();
        Policy basic = Policy.builder()
                .authenticators(BasicAuthenticator.of(new Site().postern.passwords()))
                .permissions(allowAny())
                .build();
        Endpoints endpoints = Endpoints.builder(gate, new ErrorResponses(ErrorFormat.DRF), new BodyLimits(2048, 10))
                .add("/login/", Set.of("GET"), basic, request -> {
                    throw new DeniedException(Denial.notAuthenticated());
                })
                .add("/store/", Set.of("GET"), OPEN, request -> {
                    throw new StoreException("down");
                })
                .build();

        ask(endpoints, "GET", "/store/");

        assertThat(events.of(AuthEvent.StoreFailed.class)).singleElement().satisfies(event -> {
            assertThat(event.at()).isEqualTo(Instant.EPOCH);
            assertThat(event.message()).isEqualTo("down");
            assertThat(event.path()).isEqualTo("/seen");
        });

        AuthResponse refused = ask(endpoints, "GET", "/login/");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(header(refused, "WWW-Authenticate")).containsExactly("Basic realm=\"api\"");
        assertThat(events.of(AuthEvent.RequestDenied.class))
                .singleElement()
                .extracting(AuthEvent.RequestDenied::reason)
                .isEqualTo("not_authenticated");
    }

    @Test
    void all_kinds_of_logins_stand_side_by_side() {
        Postern postern = new Site().postern;
        Csrf csrf = Csrf.builder().build();
        builder.token(postern.passwords(), postern.tokens())
                .session(postern.passwords(), postern.sessions(), csrf)
                .add("/own/", Set.of("GET"), OPEN, request -> AuthResponse.empty(204));

        assertThat(builder.build().paths())
                .containsExactlyInAnyOrder("/token/", "/session/login/", "/session/logout/", "/csrf/", "/own/");
    }

    @Test
    void an_open_endpoint_needs_no_login_but_obeys_the_throttles() {
        Throttle never = (request, who) -> new Throttle.Admission.Refused(Optional.of(Duration.ofSeconds(7)));
        builder.addOpen("/before/", Set.of("GET"), request -> AuthResponse.empty(204))
                .throttles(List.of(never))
                .addOpen("/after/", Set.of("GET"), request -> AuthResponse.empty(204));

        assertThat(ask(builder.build(), "GET", "/before/").status()).isEqualTo(204);
        assertThat(ask(builder.build(), "GET", "/after/").status()).isEqualTo(429);
        assertThat(header(ask(builder.build(), "GET", "/after/"), "Retry-After"))
                .containsExactly("7");
    }

    @Test
    void an_endpoint_sees_the_request_as_the_gate_does() {
        Endpoints endpoints = builder.add(
                        "/a/",
                        Set.of("GET"),
                        OPEN,
                        request -> AuthResponse.json(200, request.request().path()))
                .build();

        assertThat(text(ask(endpoints, "GET", "/a/"))).isEqualTo("\"/seen\"");
    }

    @Test
    void a_path_taken_or_without_slashes_is_refused() {
        Endpoint endpoint = request -> AuthResponse.empty(204);
        builder.add("/a/", Set.of("GET"), OPEN, endpoint);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.add("/a/", Set.of("POST"), OPEN, endpoint))
                .withMessageContaining("already");
        for (String path : new String[] {"a/", "/a", ""}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.add(path, Set.of("GET"), OPEN, endpoint))
                    .withMessageContaining("begins and ends with a slash");
        }
    }

    @Test
    void paths_cannot_be_added_afterwards() {
        Endpoints endpoints = builder.build();
        builder.add("/late/", Set.of("GET"), OPEN, request -> AuthResponse.empty(204));

        assertThat(ask(endpoints, "GET", "/late/").status()).isEqualTo(404);
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> new EndpointRequest(FakeRequest.get(), "/", null));
    }

    private static AuthResponse ask(Endpoints endpoints, String method, String path) {
        return endpoints.handle(new EndpointRequest(FakeRequest.of(method, "/"), path, new byte[0]));
    }
}
